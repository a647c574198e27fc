import { CALLBACK, openAuthorizationGate, VERIFIER } from "../support/authorization-gate.ts";
import { naiveLogout } from "../support/naive/logout.ts";
import { attack } from "./attack.ts";

const REGISTERED = "https://app.example/bye?from=logout";

/** What answers a logout request: with where it sends the browser away to, if it does. */
type Logout = {
  logOut: (parameters: Record<string, string>) => Promise<string | undefined>;
  /** A valid ID token of the person at the browser. */
  idToken: () => Promise<string>;
};

async function ours(): Promise<Logout & { close: () => Promise<void> }> {
  const gate = await openAuthorizationGate();
  const client = await gate.register({
    customMetadata: JSON.stringify({ post_logout_redirect_uris: [REGISTERED] }),
  });
  const visitor = gate.visitor();
  await visitor.signIn();
  return {
    async idToken() {
      const { code = "" } = await visitor.agree(gate.request({ client_id: client.id }));
      const redeemed = { code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
      const { json } = await gate.token({ grant_type: "authorization_code", ...redeemed }, client);
      return String(json.id_token);
    },
    async logOut(parameters) {
      const { headers, text } = await visitor.ask(`/oauth/logout?${new URLSearchParams(parameters)}`);
      const location = headers.get("location") ?? headers.get("refresh") ?? undefined;
      if (text.includes("evil.example")) return "a page that names the address";
      return location?.startsWith("/") ? undefined : location;
    },
    close: gate.close,
  };
}

const naive = (): Logout => ({
  idToken: async () => "",
  logOut: (parameters) => naiveLogout(new URLSearchParams(parameters)),
});

async function honest({ logOut, idToken }: Logout): Promise<boolean> {
  const asked = { id_token_hint: await idToken(), post_logout_redirect_uri: REGISTERED, state: "s" };
  return (await logOut(asked)) === `${REGISTERED}&state=s`;
}

/** Addresses that are near the registered one, or that a browser reads in another way than a program. */
const addresses = [
  "https://evil.example/",
  "https://evil.example/bye?from=logout",
  "//evil.example/",
  "///evil.example/",
  "\\\\evil.example",
  "/\\evil.example",
  "https:evil.example",
  "https:/evil.example",
  "https:\\\\evil.example",
  "https://app.example@evil.example/bye?from=logout",
  "https://app.example:pass@evil.example/",
  "https://app.example%40evil.example/",
  "https://app.example.evil.example/bye?from=logout",
  "https://app.example.evil.example",
  "https://app.exampleevil.example/",
  "https://evil.example/https://app.example/bye?from=logout",
  "https://evil.example?https://app.example/bye?from=logout",
  "https://evil.example#https://app.example/bye?from=logout",
  "https://evil.example\\@app.example/bye?from=logout",
  "https://evil.example%2f@app.example/bye?from=logout",
  "https://app.example/bye?from=logout&next=https://evil.example",
  "https://app.example/bye?from=logout#https://evil.example",
  "https://app.example/bye?from=logout@evil.example",
  "https://app.example/bye",
  "https://app.example/bye?",
  "https://app.example/bye/?from=logout",
  "https://app.example/bye/../evil?from=logout",
  "https://app.example/./bye?from=logout",
  "https://app.example//bye?from=logout",
  "https://app.example/bye%3Ffrom=logout",
  "https://app.example/BYE?from=logout",
  "https://APP.example/bye?from=logout",
  "HTTPS://app.example/bye?from=logout",
  "http://app.example/bye?from=logout",
  "https://app.example:443/bye?from=logout",
  "https://app.example:8443/bye?from=logout",
  "https://app.example./bye?from=logout",
  "https://www.app.example/bye?from=logout",
  "https://app.example/bye?from=logout ",
  " https://app.example/bye?from=logout",
  "https://app.example/bye?from=logout\n",
  "https://app.example\t/bye?from=logout",
  "https://аpp.example/bye?from=logout",
  "javascript:alert(1)//https://app.example/bye?from=logout",
  "data:text/html,<script>alert(1)</script>",
  "*",
  "https://*.example/bye?from=logout",
];

for (const address of addresses) {
  attack(`have a logout go on to ${JSON.stringify(address)}`, {
    surface: "logout",
    naive,
    ours,
    honest,
    async run({ logOut, idToken }) {
      const location = await logOut({ id_token_hint: await idToken(), post_logout_redirect_uri: address });
      return { succeeded: location !== undefined, gained: location };
    },
  });
}

attack("have a logout go on without any proof that somebody was signed in", {
  surface: "logout",
  naive,
  ours,
  honest,
  async run({ logOut }) {
    const location = await logOut({ post_logout_redirect_uri: REGISTERED });
    return { succeeded: location !== undefined, gained: location };
  },
});
