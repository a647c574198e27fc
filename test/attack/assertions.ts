import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { secretOf } from "../support/gate.ts";
import { jwkSet, type Keys, makeKeys } from "../support/jwt.ts";
import { createNaiveExchange } from "../support/naive/exchange.ts";
import { basicOf, type Provider, startProvider } from "../support/provider.ts";

export const ISSUER = "https://idp.example";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

/** A client that may get tokens for assertions and for other tokens. */
export const service = { clientId: 7020, clientSecret: secretOf("service") };

/** What came of a token request. */
export type Exchanged = { status: number; json: Record<string, unknown> };

/** A token endpoint that gives tokens for assertions of an issuer that is trusted, and for other tokens. */
export type ExchangeDesk = {
  provider: Provider;
  /** The keys of the issuer. */
  keys: Keys;
  /** A good assertion about the provider's person, with changes. */
  claims(changes?: Record<string, unknown>): Record<string, unknown>;
  ask(form: Record<string, string>): Promise<Exchanged>;
  close(): Promise<void>;
};

/** Both token endpoints. */
export const exchanges = {
  async naive(): Promise<ExchangeDesk> {
    const desk = await open();
    return { ...desk, ask: createNaiveExchange(desk.provider, service.clientId) };
  },
  ours: (): Promise<ExchangeDesk> => open(),
};

async function open(): Promise<ExchangeDesk> {
  const keys = await makeKeys("ES256", "k1");
  const published = createServer((_, response) => response.end(jwkSet(keys.jwk)));
  await new Promise<void>((ready) => published.listen(0, "127.0.0.1", ready));
  const { port } = published.address() as AddressInfo;
  const provider = await startProvider({
    env: { TICKETGATE_ASSERTION_ISSUERS: `${ISSUER}=http://127.0.0.1:${port}/jwks` },
  });
  await provider.setClient({
    ...service,
    grantTypes: ["JWT_BEARER", "TOKEN_EXCHANGE"],
    extension: { tokenExchangePermitted: true },
  });
  return {
    provider,
    keys,
    claims(changes = {}) {
      const seconds = Math.floor(Date.now() / 1000);
      const jti = crypto.randomUUID();
      const times = { iat: seconds, exp: seconds + 60 };
      return { iss: ISSUER, sub: provider.subject, aud: provider.origin, jti, ...times, ...changes };
    },
    ask: (form) => provider.ask("/oauth/token", { headers: basicOf(service), form }),
    async close() {
      await provider.close();
      published.close();
    },
  };
}

/** A request with an assertion (RFC 7523 2.1). */
export const withAssertion = (assertion: string) => ({ grant_type: JWT_BEARER, assertion });

/** A request to exchange a token (RFC 8693 2.1). */
export const withToken = (token: string, type: "access_token" | "id_token" | "jwt" | "refresh_token") => ({
  grant_type: EXCHANGE,
  subject_token: token,
  subject_token_type: `urn:ietf:params:oauth:token-type:${type}`,
});

/** What an attacker gained by a request, and was told. */
export function outcomeOf({ status, json }: Exchanged) {
  const gained = json.access_token;
  return { succeeded: gained !== undefined, gained, refusal: { status, error: json.error } };
}
