import { makeKeys, signJwt, unsigned } from "../support/jwt.ts";
import { type ExchangeDesk, exchanges, outcomeOf, withAssertion, withToken } from "./assertions.ts";
import { attack } from "./attack.ts";

const header = { alg: "ES256", kid: "k1" };

async function honest({ ask, keys, claims }: ExchangeDesk): Promise<boolean> {
  const assertion = await signJwt(keys.privateKey, { header, payload: claims() });
  return (await ask(withAssertion(assertion))).status === 200;
}

type Forge = (desk: ExchangeDesk) => string | Promise<string>;

const otherKey = () => makeKeys("ES256", "k1");

/** Assertions by which a client would act for whomever it names. */
const forgeries: [title: string, forge: Forge][] = [
  ["without a signature", ({ claims }) => unsigned({ alg: "none" }, claims())],
  [
    "signed with a key of the attacker",
    async ({ claims }) => signJwt((await otherKey()).privateKey, { header, payload: claims() }),
  ],
  [
    "of an issuer that nobody trusts",
    ({ keys, claims }) =>
      signJwt(keys.privateKey, { header, payload: claims({ iss: "https://evil.example" }) }),
  ],
  [
    "for another server",
    ({ keys, claims }) =>
      signJwt(keys.privateKey, { header, payload: claims({ aud: "https://other.example" }) }),
  ],
  [
    "that has expired",
    ({ keys, claims }) => signJwt(keys.privateKey, { header, payload: claims({ iat: 1, exp: 2 }) }),
  ],
  [
    "about somebody who has no account",
    ({ keys, claims }) => signJwt(keys.privateKey, { header, payload: claims({ sub: "usr_nobody" }) }),
  ],
];

for (const [title, forge] of forgeries) {
  attack(`become somebody by an assertion ${title}`, {
    surface: "exchange",
    ...exchanges,
    honest,
    refusal: { status: 400, error: "invalid_grant" },
    run: async (desk) => outcomeOf(await desk.ask(withAssertion(await forge(desk)))),
  });
}

/** Tokens by which a client would act for whomever it names. */
const tokens: [title: string, type: "access_token" | "id_token" | "jwt", forge: Forge][] = [
  [
    "an ID token without a signature",
    "id_token",
    ({ claims, provider }) => unsigned({ alg: "none" }, claims({ iss: provider.origin })),
  ],
  [
    "an ID token that the attacker has signed",
    "id_token",
    async ({ claims, provider }) =>
      signJwt((await otherKey()).privateKey, { header, payload: claims({ iss: provider.origin }) }),
  ],
  ["a JWT without a signature", "jwt", ({ claims }) => unsigned({ alg: "none" }, claims())],
  ["an access token that was made up", "access_token", () => "x".repeat(43)],
];

for (const [title, type, forge] of tokens) {
  attack(`become somebody by exchanging ${title}`, {
    surface: "exchange",
    ...exchanges,
    honest,
    refusal: { status: 400, error: "invalid_request" },
    run: async (desk) => outcomeOf(await desk.ask(withToken(await forge(desk), type))),
  });
}
