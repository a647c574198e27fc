import type { JwsAlg } from "../../authlete/enumerations.ts";
import type { EngineContext } from "../context.ts";
import { jwsAlgorithm, verifySignature } from "../jose/jws-algorithm.ts";
import type { PresentedJwt } from "../jose/presented-jwt.ts";
import { refuse } from "../refusal.ts";
import { checkInputTimes, checkUnsigned, readInputJwt } from "./input-jwt.ts";

/**
 * Examines an ID token that was presented for exchange.
 *
 * @returns its claims where its signature was verified; `undefined` for an ID token that the service takes unsigned, or encrypted
 *   for somebody else.
 */
export function examineIdToken(context: EngineContext, value: string): Record<string, unknown> | undefined {
  const jwt = readInputJwt(context, value);
  if (!jwt) return undefined;
  checkInputTimes(context, jwt, ["exp", "iat"]);
  const issuer = readIssuer(jwt);
  checkAudience(jwt);
  checkNonce(jwt);
  checkUnsigned(context, jwt);
  if (!jwt.isSigned) return undefined;
  verifyIssuerSignature(context, jwt, issuer);
  return jwt.payload;
}

/** OIDC Core 2. */
function readIssuer({ payload: { iss } }: PresentedJwt): string {
  if (typeof iss !== "string" || !URL.canParse(iss)) return refuse("A901319");
  const isIssuer = new URL(iss).protocol === "https:" && !/[?#]/.test(iss);
  return isIssuer ? iss : refuse("A901319");
}

function checkAudience({ payload: { aud } }: PresentedJwt): void {
  const audiences = Array.isArray(aud) ? aud : [aud];
  if (!audiences.every((audience) => typeof audience === "string")) refuse("A901320");
}

function checkNonce({ payload: { nonce } }: PresentedJwt): void {
  if (nonce !== undefined && typeof nonce !== "string") refuse("A901321");
}

/** A JWT whose type says that it is something else, like an access token, is no ID token whoever signed it (RFC 8725 3.11). */
function verifyIssuerSignature(context: EngineContext, jwt: PresentedJwt, issuer: string): void {
  const { alg, kid, typ } = jwt.header;
  if (typeof typ === "string" && /\+jwt$/i.test(typ)) refuse("A901311");
  const algorithm = jwsAlgorithm(alg) ?? refuse("A901322");
  if (issuer !== context.service.issuer) refuse("A901323");
  const keys = context.keys.verificationKeys(context.service, {
    alg: alg as JwsAlg,
    kid: typeof kid === "string" ? kid : undefined,
  });
  if (!keys.some((key) => verifySignature(jwt, algorithm, key))) refuse("A901324");
}
