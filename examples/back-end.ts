/**
 * A back end that issues an access token for a user whom it has authenticated itself: a ticket from `token.request`, a token from
 * `token.issue`, then what the token is worth, then its end.
 *
 *   TICKETGATE_ORIGIN=http://localhost:3000 CLIENT_ID=2001 CLIENT_SECRET=... npm run example:back-end
 *
 * With `npm run dev` the client secret stands in `.ticketgate/development/development.json`.
 */
import { createTicketgateClient } from "../src/client/client.ts";
import { TicketgateClientError } from "../src/client/client-error.ts";

const clientId = setting("CLIENT_ID");
const clientSecret = setting("CLIENT_SECRET");
const ticketgate = createTicketgateClient({ origin: setting("TICKETGATE_ORIGIN"), clientId, clientSecret });

async function main(): Promise<void> {
  const ticket = await requestTicket("ada");
  const issued = await ticketgate.token.issue({
    ticket,
    subject: "user-1815",
    properties: [{ key: "department", value: "engines" }],
    accessTokenDuration: 600,
  });
  const { accessToken, subject, scopes, expiresAt } = issued;
  console.log(`issued     for ${subject}, scopes ${scopes.join(" ")}, until ${expiresAt.toISOString()}`);
  console.log(`introspect ${await introspect(accessToken)}`);
  await ticketgate.token.revoke({ parameters: form({ token: accessToken }), clientId, clientSecret });
  console.log(`introspect ${await introspect(accessToken)}`);
}

/** The engine looks at neither user name nor password: who the user is was settled before, and here. */
async function requestTicket(username: string): Promise<string> {
  const parameters = form({ grant_type: "password", username, password: "-", scope: "profile" });
  const answer = await ticketgate.token.request({ parameters, clientId, clientSecret });
  if (answer.action !== "PASSWORD") throw new Error(`token.request: ${answer.action}`);
  return answer.ticket;
}

async function introspect(token: string): Promise<string> {
  const answer = await ticketgate.token.introspect({ token, scopes: ["profile"] });
  if (answer.action !== "OK") return answer.action;
  const properties = answer.properties?.map(({ key, value }) => `${key}=${value}`).join(" ");
  return `${answer.action}, subject ${answer.subject}, ${properties}`;
}

function form(parameters: Record<string, string>): string {
  return new URLSearchParams(parameters).toString();
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set the environment variable ${name}.`);
  return value;
}

main().catch((error: unknown) => {
  if (!(error instanceof TicketgateClientError)) throw error;
  console.error(`${error.code}: ${error.message} ${error.advice}`);
  process.exitCode = 1;
});
