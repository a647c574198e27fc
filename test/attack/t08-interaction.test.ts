import type { AuthorizationGate, Visitor } from "../support/authorization-gate.ts";
import { ownPage } from "../support/authorization-gate.ts";
import { attack } from "./attack.ts";
import { agrees, codeIn, grants, requests } from "./requests.ts";

const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
const sibling = { origin: "https://blog.gate.example", "sec-fetch-site": "same-site" };

type Forgery = (gate: AuthorizationGate, victim: Visitor, handle: string) => ReturnType<Visitor["ask"]>;

/** What another site makes the browser send of which it knows the handle. */
const forgeries: [title: string, status: number, path: string | undefined, forgery: Forgery][] = [
  [
    "a link that says yes",
    303,
    "/consent",
    (_, victim, handle) => victim.ask(`/oauth/interaction/${handle}?decision=allow&form_token=x`),
  ],
  [
    "a form on another site",
    403,
    undefined,
    (_, victim, handle) => victim.send(handle, { decision: "allow", form_token: "x" }, foreign),
  ],
  [
    "a form on a sibling site, with a token of the attacker's own",
    403,
    undefined,
    async (gate, victim, handle) => {
      const token = gate.visitor().formToken(handle, "allow", await gate.subject());
      return victim.send(handle, { decision: "allow", form_token: token }, sibling);
    },
  ],
  [
    "a form without Origin and Fetch Metadata",
    403,
    undefined,
    (_, victim, handle) => victim.send(handle, { decision: "allow", form_token: "x" }, {}),
  ],
  [
    "a form of our own origin, with a token of the attacker's own",
    303,
    "/oauth/interaction",
    async (gate, victim, handle) => {
      const token = gate.visitor().formToken(handle, "allow", await gate.subject());
      return victim.send(handle, { decision: "allow", form_token: token }, ownPage);
    },
  ],
  [
    "a form of our own origin, with the token of the button that says no",
    303,
    "/oauth/interaction",
    (_, victim, handle) => {
      const token = victim.formToken(handle, "deny");
      return victim.send(handle, { decision: "allow", form_token: token }, ownPage);
    },
  ],
];

for (const [title, status, path, forgery] of forgeries) {
  attack(`have the victim's browser agree with ${title}`, {
    surface: "interaction",
    ...requests,
    refusal: { status, path, grants: 0 },
    honest: agrees,
    async run(gate) {
      const victim = await gate.person();
      gate.clock.advance(1_000);
      const handle = await victim.begin(gate.request());
      const answer = await forgery(gate, victim, handle);
      const refusal = {
        status: answer.status,
        path: answer.target?.pathname.replace(`/${handle}`, ""),
        grants: grants(gate),
      };
      return { succeeded: codeIn(answer) !== undefined, gained: codeIn(answer), refusal };
    },
  });
}
