import type { TokenType } from "../../authlete/enumerations.ts";
import { hashOf } from "../../secret/hash.ts";
import { findAccessToken } from "../access-token/find-access-token.ts";
import type { EngineContext } from "../context.ts";
import { refuse } from "../refusal.ts";
import { examineIdToken } from "./input-id-token.ts";
import { checkInputTimes, checkUnsigned, readInputJwt } from "./input-jwt.ts";
import type { InputToken } from "./parameters.ts";
import { accessTokenInfo, refreshTokenInfo, type TokenInfo } from "./token-info.ts";

/** What the engine knows of a token that was presented and passed. */
export type Examined = {
  /** Of an access token or refresh token. */
  info?: TokenInfo;
  /** Of an ID token whose signature was verified. */
  idTokenClaims?: Record<string, unknown>;
};

type Examination = (context: EngineContext, value: string) => Promise<Examined>;

/** SAML assertions and device secrets are for the caller to judge. */
const examinations: Record<TokenType, Examination> = {
  JWT: examineJwt,
  ACCESS_TOKEN: examineAccessToken,
  REFRESH_TOKEN: examineRefreshToken,
  ID_TOKEN: async (context, value) => {
    const idTokenClaims = examineIdToken(context, value);
    return idTokenClaims ? { idTokenClaims } : {};
  },
  SAML1: nothing,
  SAML2: nothing,
  DEVICE_SECRET: nothing,
};

/** Checks a presented token as its type demands. */
export function examineToken(context: EngineContext, { type, value }: InputToken): Promise<Examined> {
  return examinations[type](context, value);
}

async function nothing(): Promise<Examined> {
  return {};
}

/** Nobody can tell whose keys a JWT of no particular kind is signed with: verifying it is the caller's part. */
async function examineJwt(context: EngineContext, value: string): Promise<Examined> {
  const jwt = readInputJwt(context, value);
  if (!jwt) return {};
  checkInputTimes(context, jwt);
  checkUnsigned(context, jwt);
  return {};
}

async function examineAccessToken(context: EngineContext, value: string): Promise<Examined> {
  const token = await findAccessToken(context, value);
  if (typeof token === "string") return refuse("A311306");
  if (token.accessTokenExpiresAt <= context.now) refuse("A901310");
  return { info: await accessTokenInfo(context, token) };
}

async function examineRefreshToken(context: EngineContext, value: string): Promise<Examined> {
  const token = await context.store.read.findByRefreshToken(context.serviceId, hashOf(value));
  if (!token) return refuse("A311306");
  const expiresAt = token.refreshTokenExpiresAt ?? 0;
  if (expiresAt <= context.now) refuse("A901310");
  return { info: await refreshTokenInfo(context, token) };
}
