import * as oidc from "openid-client";

const issuer = new URL(process.env.ISSUER ?? "http://localhost:3000");
export const port = Number(process.env.PORT || 4000);
const clientId = process.env.CLIENT_ID || (port === 4000 ? "3001" : undefined);
/** Where people come to this application, and come back to when they have signed out. */
export const home = `http://localhost:${port}/`;
/** Where they come back to when they have signed in. */
export const callback = `${home}callback`;

// A public client: it has no secret. Plain http is for development on one machine.
const insecure = issuer.protocol === "http:" ? { execute: [oidc.allowInsecureRequests] } : {};
const found = await oidc
  .discovery(issuer, clientId ?? "not registered", undefined, oidc.None(), insecure)
  .catch((error) => {
    console.error(
      `${issuer.href} is no OpenID Provider that answers: ${error.cause?.message ?? error.message}`,
    );
    console.error("Start Ticketgate with `npm run dev`, or say in ISSUER where it is.");
    process.exit(1);
  });
/** The server, and this application as its client. */
export const provider = clientId === undefined ? await registered() : found;

/** This application as a client that it has registered for its port. */
async function registered(): Promise<oidc.Configuration> {
  const client = {
    client_name: "Example relying party",
    redirect_uris: [callback],
    post_logout_redirect_uris: [home],
    token_endpoint_auth_method: "none",
  };
  return oidc.dynamicClientRegistration(issuer, client, oidc.None(), insecure).catch((error) => {
    console.error(
      `${issuer.href} does not let this application register itself: ${error.error ?? error.message}`,
    );
    console.error(`Register it there, and say in CLIENT_ID as what:\n  ${registration()}`);
    process.exit(1);
  });
}

function registration(): string {
  const addresses = `--redirect-uri ${callback} --post-logout-redirect-uri ${home}`;
  return `npm run client -- add --public --name "Example relying party" ${addresses}`;
}

/** Says where everything is. */
export function announce(): void {
  const { client_id } = provider.clientMetadata();
  console.log(`The example is at ${home} and signs in at ${issuer.href} as client ${client_id}`);
  if (process.env.CLIENT_ID) {
    console.log(
      `That client has to be registered with the redirect URI ${callback}, and with ${home} for after sign-out.`,
    );
  }
}
