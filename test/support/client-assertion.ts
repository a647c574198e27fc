import type { KeyObject } from "node:crypto";
import { ISSUER } from "./engine.ts";
import { signJwt } from "./jwt.ts";

export const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** How a test's assertion differs from a good one. `undefined` takes a claim away. */
export type AssertionOptions = {
  clientId: string;
  key: KeyObject | Uint8Array;
  header?: Record<string, unknown> & { alg: string };
  claims?: Record<string, unknown>;
  /** Milliseconds since the epoch. */
  now: number;
};

let made = 0;

/** A client assertion (RFC 7523 3), good unless the test spoils it, and another one each time. */
export function clientAssertion({ clientId, key, header, claims, now }: AssertionOptions): Promise<string> {
  const seconds = Math.floor(now / 1000);
  made += 1;
  const payload = {
    iss: clientId,
    sub: clientId,
    aud: ISSUER,
    jti: `assertion ${made}`,
    iat: seconds,
    exp: seconds + 60,
    ...claims,
  };
  return signJwt(key, { header: header ?? { alg: "ES256" }, payload });
}

/** The parameters that an assertion travels in. */
export function assertionParameters(assertion: string): Record<string, string> {
  return { client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
}
