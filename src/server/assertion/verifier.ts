import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";
import type { AssertionVerifier, TrustedAssertion } from "../flow/jwt-bearer.ts";

/** An issuer whose assertions count, and where its keys are. */
export type TrustedIssuer = { issuer: string; jwksUri: string };

export type VerifierPorts = {
  issuers: readonly TrustedIssuer[];
  /** Reads a JWK Set as text; `fresh` asks for one newer than the last. */
  fetchJwks: (uri: string, options?: { fresh?: boolean }) => Promise<string>;
  /** Milliseconds since the epoch. */
  clock: () => number;
};

/** Signatures with key pairs: a secret that an issuer shared with us could sign for it. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** An assertion is made for one request; the time it may be used in is the time its identifier is remembered. */
const LONGEST_LIFE_SECONDS = 3600;

/**
 * Makes the verifier of assertions of trusted issuers (RFC 7523 section 3, RFC 8725). Keys are read from where the operator says, never
 * from where an assertion says.
 */
export function createAssertionVerifier({ issuers, fetchJwks, clock }: VerifierPorts): AssertionVerifier {
  return {
    async verify(assertion) {
      const trusted = issuers.find(({ issuer }) => issuer === issuerOf(assertion));
      if (!trusted) return undefined;
      const verified =
        (await payloadOf(assertion, trusted, await keysAt(trusted.jwksUri, false))) ??
        (await payloadOf(assertion, trusted, await keysAt(trusted.jwksUri, true)));
      return verified && trustedAssertion(verified);
    },
  };

  async function keysAt(uri: string, fresh: boolean): Promise<JSONWebKeySet | undefined> {
    try {
      return JSON.parse(await fetchJwks(uri, { fresh })) as JSONWebKeySet;
    } catch {
      return undefined;
    }
  }

  async function payloadOf(
    assertion: string,
    { issuer }: TrustedIssuer,
    keys: JSONWebKeySet | undefined,
  ): Promise<JWTPayload | undefined> {
    if (!keys) return undefined;
    const currentDate = new Date(clock());
    try {
      const { payload } = await jwtVerify(assertion, createLocalJWKSet(keys), {
        issuer,
        algorithms: ALGORITHMS,
        requiredClaims: ["sub", "exp", "jti"],
        currentDate,
      });
      return Number(payload.exp) * 1000 - clock() <= LONGEST_LIFE_SECONDS * 1000 ? payload : undefined;
    } catch {
      return undefined;
    }
  }
}

function issuerOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).iss;
  } catch {
    return undefined;
  }
}

function trustedAssertion({ iss, sub, jti, exp }: JWTPayload): TrustedAssertion | undefined {
  if (!iss || !sub || !jti || exp === undefined) return undefined;
  return { issuer: iss, subject: sub, id: jti, expiresAt: exp * 1000 };
}
