import { importJWK, type JWK, SignJWT } from "jose";
import type { Client } from "../authlete/client.ts";
import type { Authlete } from "../authlete/operations.ts";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";

/** A logout token is worth something while it is on its way, and no longer (Back-Channel Logout 1.0, section 4). */
const LIFETIME_SECONDS = 120;

const SYMMETRIC = /^HS(?:256|384|512)$/;

/** What a logout token says. */
export type LogoutClaims = {
  issuer: string;
  /** The client, as its ID tokens call it. */
  audience: string;
  /** Who signed out, as the client knows them; absent where only the session is named. */
  subject: string | undefined;
  sid: string;
  /** 128 bits or more that were used for no other token. */
  jti: string;
  /** Seconds since the epoch. */
  now: number;
};

/** There is no key that a logout token of this client could be signed with. */
export class NoSigningKeyError extends Error {
  override readonly name = "NoSigningKeyError";
}

/**
 * Signs a logout token as the client's ID tokens are signed: with a key of the service or, where the client chose a symmetric
 * algorithm, with its secret. The API of the engine has no operation for it, so the keys come from `service/jwks/get` with their
 * private parts; a service whose keys do not leave it (in a hardware security module) cannot have such tokens.
 *
 * @throws NoSigningKeyError; EngineError when the engine cannot be asked.
 * @see OpenID Connect Back-Channel Logout 1.0, section 2.4
 */
export async function signLogoutToken(
  authlete: Pick<Authlete, "service/jwks/get">,
  client: Client,
  { issuer, audience, subject, sid, jti, now }: LogoutClaims,
): Promise<string> {
  const { key, alg, kid } = await signingKey(authlete, client);
  return new SignJWT({ sid, events: { [EVENT]: {} }, ...(subject === undefined ? {} : { sub: subject }) })
    .setProtectedHeader({ alg, typ: "logout+jwt", ...(kid === undefined ? {} : { kid }) })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFETIME_SECONDS)
    .setJti(jti)
    .sign(key);
}

async function signingKey(authlete: Pick<Authlete, "service/jwks/get">, client: Client) {
  const alg = algorithm(client);
  if (SYMMETRIC.test(alg)) {
    if (!client.clientSecret) throw new NoSigningKeyError("the client has no secret");
    return { alg, kid: undefined, key: new TextEncoder().encode(client.clientSecret) };
  }
  const { keys } = await authlete["service/jwks/get"]({ includePrivateKeys: true });
  const jwk = (keys as JWK[]).find((key) => key.alg === alg && key.use !== "enc" && key.d !== undefined);
  if (!jwk) throw new NoSigningKeyError(`the service has no private key for ${alg}`);
  return { alg, kid: jwk.kid, key: await importJWK(jwk, alg) };
}

/** MUST NOT be `none` (section 2.4), whatever the ID tokens are. */
function algorithm({ idTokenSignAlg }: Client): string {
  return idTokenSignAlg && idTokenSignAlg !== "NONE" ? idTokenSignAlg : "RS256";
}
