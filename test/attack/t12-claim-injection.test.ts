import type { AttackedGate } from "../support/naive/gate.ts";
import { attack } from "./attack.ts";
import { claimsOf, issueJwts, setPolicy } from "./engine-settings.ts";
import { gates, issues } from "./gates.ts";
import { begin, victimOf } from "./people.ts";

type Issued = { jwtAccessToken?: string };

/** Asks for a signed token as the back end. */
async function issueWith(gate: AttackedGate, extras: Record<string, unknown>) {
  await issueJwts(gate);
  const backend = await gate.backend();
  const input = { ticket: await backend.ticket(), subject: "usr_1", ...extras };
  const { data, error } = await backend.call<Issued>("token.issue", input);
  const refusal = { code: error?.code, fields: error?.fields, issues: issues(gate) };
  return { issued: data !== undefined, claims: claimsOf(data?.jwtAccessToken), refusal };
}

/** A claim that is allowed is in the token, whether it was given as an object or as its text. */
async function honest(gate: AttackedGate): Promise<boolean> {
  await setPolicy(gate, [{ key: "token_issue.claims", value: "plan" }]);
  const asObject = await issueWith(gate, { jwtAtClaims: { plan: "pro" } });
  const asText = await issueWith(gate, { jwtAtClaims: '{"plan":"pro"}' });
  return asObject.claims.plan === "pro" && asText.claims.plan === "pro";
}

const registered = [
  ...["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "scope", "azp", "act", "may_act"],
  ...["cnf", "acr", "amr", "auth_time", "roles", "groups", "entitlements"],
];

const asObject = (claims: Record<string, unknown>): unknown => claims;

for (const [title, write] of [
  ["an object", asObject],
  ["a text", JSON.stringify],
  ["a text with escapes", (claims: object) => JSON.stringify(claims).replace(/"(\w)/, escaped)],
] as const) {
  attack(`choose who a token is for, from and worth: registered claims in ${title}`, {
    surface: "trpc",
    ...gates,
    refusal: registered.map((name) => [name, "BAD_REQUEST", refusedClaim(name)]),
    honest,
    async run(gate) {
      const gained: string[] = [];
      const refusal: unknown[] = [];
      for (const name of registered) {
        const answer = await issueWith(gate, { jwtAtClaims: write({ [name]: "chosen" }) });
        if (answer.claims[name] === "chosen") gained.push(name);
        refusal.push([name, answer.refusal.code, answer.refusal.fields]);
      }
      return { succeeded: gained.length > 0, gained, refusal };
    },
  });
}

function escaped(_: string, letter = ""): string {
  return `"\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function refusedClaim(name: string) {
  return { jwtAtClaims: [`the claim ${name} is registered: the engine sets it`] };
}

/** Visible properties are claims of a signed token, too. */
const asProperty = registered.filter((name) => name !== "scope");

attack("choose registered claims by way of the properties", {
  surface: "trpc",
  ...gates,
  refusal: asProperty.map((name) => [name, "BAD_REQUEST", refusedProperty(name)]),
  async run(gate) {
    const gained: string[] = [];
    const refusal: unknown[] = [];
    for (const name of asProperty) {
      const properties = [{ key: name, value: "chosen", hidden: false }];
      const answer = await issueWith(gate, { properties });
      if (answer.claims[name] === "chosen") gained.push(name);
      refusal.push([name, answer.refusal.code, answer.refusal.fields]);
    }
    return { succeeded: gained.length > 0, gained, refusal };
  },
  async honest(gate) {
    const visible = await issueWith(gate, { properties: [{ key: "plan", value: "pro", hidden: false }] });
    const hidden = await issueWith(gate, { properties: [{ key: "roles", value: "a note of the back end" }] });
    return visible.claims.plan === "pro" && hidden.issued && !("roles" in hidden.claims);
  },
});

function refusedProperty(name: string) {
  return { properties: [`the key ${name} is a registered claim: the engine sets it`] };
}

const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);

const spoilt: [title: string, claims: unknown, error: string][] = [
  [
    "a name that changes what an object is",
    '{"__proto__":{"admin":true}}',
    "the name __proto__ is not allowed",
  ],
  [
    "such a name further down",
    '{"plan":{"__proto__":{"admin":true}}}',
    "the claim plan holds a name that is not allowed",
  ],
  ["a name twice", '{"plan":"free","plan":"pro"}', "the name plan is given more than once"],
  ["a name twice, once with escapes", '{"plan":1,"pl\\u0061n":2}', "the name plan is given more than once"],
  ["an object that is too deep", { plan: nested(40) }, "the claim plan is nested deeper than 8 levels"],
  [
    "a text that is too deep",
    JSON.stringify({ plan: nested(40) }),
    "the claim plan is nested deeper than 8 levels",
  ],
  ["an object that is too big", { plan: "x".repeat(20_000) }, "must have at most 16384 bytes"],
  ["a text that is too big", `{"plan":"${"x".repeat(20_000)}"}`, "must have at most 16384 bytes"],
];

for (const [title, jwtAtClaims, error] of spoilt) {
  attack(`have a token signed with ${title}`, {
    surface: "trpc",
    ...gates,
    refusal: { code: "BAD_REQUEST", fields: { jwtAtClaims: [error] }, issues: 0 },
    honest,
    async run(gate) {
      const { issued, claims, refusal } = await issueWith(gate, { jwtAtClaims });
      return { succeeded: issued, gained: claims, refusal };
    },
  });
}

attack("set a claim that the policy of the client does not have", {
  surface: "trpc",
  ...gates,
  refusal: {
    code: "FORBIDDEN",
    fields: { jwtAtClaims: ["the claim tier is not in the policy of this client"] },
    issues: 0,
  },
  honest,
  async run(gate) {
    await setPolicy(gate, [{ key: "token_issue.claims", value: "plan" }]);
    const { claims, refusal } = await issueWith(gate, { jwtAtClaims: { tier: "gold" } });
    return { succeeded: claims.tier === "gold", gained: claims, refusal };
  },
});

attack("set a claim from a browser", {
  surface: "trpc",
  ...gates,
  refusal: { code: "FORBIDDEN", fields: { jwtAtClaims: ["may not be set from a browser"] }, issues: 0 },
  honest,
  async run(gate) {
    await issueJwts(gate);
    const browser = gate.browser();
    const { handle, subject } = await begin(browser, await victimOf(gate));
    const input = { ticket: handle, subject, jwtAtClaims: { plan: "pro" } };
    const { data, error } = await browser.call<Issued>("token.issue", input);
    const { plan } = claimsOf(data?.jwtAccessToken);
    return {
      succeeded: plan === "pro",
      gained: plan,
      refusal: { code: error?.code, fields: error?.fields, issues: issues(gate) },
    };
  },
});
