import { createHash } from "node:crypto";
import {
  type AuthorizationGate,
  CALLBACK,
  openAuthorizationGate,
  VERIFIER,
} from "../support/authorization-gate.ts";
import { createNaiveCodeGrant } from "../support/naive/code-grant.ts";
import { attack } from "./attack.ts";

const targets = {
  naive: (): Promise<AuthorizationGate> => openAuthorizationGate({ replaced: createNaiveCodeGrant }),
  ours: (): Promise<AuthorizationGate> => openAuthorizationGate(),
};

const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");

type Redemption = Record<string, string>;

/** What somebody sends along who has a code of the victim and not what belongs to it (RFC 9700 4.5). */
const redemptions: [title: string, changes: Redemption][] = [
  ["without a verifier", { code_verifier: "" }],
  ["with the verifier of a request of their own", { code_verifier: "m".repeat(64) }],
  ["with the challenge in the place of the verifier", { code_verifier: challengeOf(VERIFIER) }],
  ["with another address of the application", { redirect_uri: `${CALLBACK}/other` }],
];

async function honest(gate: AuthorizationGate): Promise<boolean> {
  const person = await gate.person();
  const { code } = await person.agree(gate.request());
  return (await gate.redeem(code)).status === 200;
}

async function stolenCode(gate: AuthorizationGate): Promise<string | undefined> {
  const victim = await gate.person();
  gate.clock.advance(1_000);
  const handle = await victim.begin(gate.request());
  return (await victim.decide(handle, "allow")).target?.searchParams.get("code") ?? undefined;
}

for (const [title, changes] of redemptions) {
  attack(`get tokens for a code of the victim ${title}`, {
    surface: "oauth",
    ...targets,
    honest,
    refusal: { status: 400, error: "invalid_grant" },
    async run(gate) {
      const { status, json } = await gate.redeem(await stolenCode(gate), changes);
      const refusal = { status, error: json.error };
      return { succeeded: json.access_token !== undefined, gained: json.access_token, refusal };
    },
  });
}

attack("get tokens for a code of the victim with a client of the attacker's", {
  surface: "oauth",
  ...targets,
  honest,
  refusal: { status: 400, error: "invalid_grant" },
  async run(gate) {
    const client = await gate.register({ clientName: "Mallory's" });
    const { status, json } = await gate.redeem(await stolenCode(gate), {}, client);
    const refusal = { status, error: json.error };
    return { succeeded: json.access_token !== undefined, gained: json.access_token, refusal };
  },
});

attack("get tokens for a code that the victim's application has redeemed, and keep theirs", {
  surface: "oauth",
  ...targets,
  honest,
  refusal: { status: 400, error: "invalid_grant", first: "UNAUTHORIZED" },
  async run(gate) {
    const code = await stolenCode(gate);
    const first = await gate.redeem(code);
    const { status, json } = await gate.redeem(code);
    const { action } = await gate.services.authlete["auth/introspection"]({
      token: String(first.json.access_token),
    });
    const refusal = { status, error: json.error, first: action };
    return { succeeded: json.access_token !== undefined, gained: json.access_token, refusal };
  },
});
