import { type Keys, signJwt } from "../../../support/jwt.ts";
import {
  ISSUER,
  type Parameters,
  queryOf,
  REDIRECT_URI,
  site,
  type TestEngine,
} from "./authorization-flow.ts";

export type Json = Record<string, unknown>;

/** The payload of a request object that is good, with changes: `undefined` leaves a member out. */
export function payloadFor(test: TestEngine, change: Json = {}): Json {
  const now = Math.floor(test.clock() / 1000);
  return {
    iss: site.id,
    aud: ISSUER,
    exp: now + 300,
    nbf: now - 10,
    client_id: site.id,
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    scope: "openid email",
    state: "the state",
    nonce: "the nonce",
    ...change,
  };
}

/** A good request object with changes, signed by the client. */
export function signedRequest(test: TestEngine, keys: Keys, change: Json = {}): Promise<string> {
  return signJwt(keys.privateKey, { header: { alg: "ES256", kid: "k1" }, payload: payloadFor(test, change) });
}

/** The answer to a request with nothing but its client and a request object (RFC 9101 5). */
export function present(test: TestEngine, request: string, beside: Parameters = {}) {
  return test.engine["auth/authorization"]({
    parameters: queryOf({ client_id: site.id, request, ...beside }),
  });
}
