import type { Client } from "../../authlete/client.ts";
import { findAccessToken } from "../access-token/find-access-token.ts";
import type { JwtRefusalCode } from "../access-token/jwt.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { AccessToken } from "../records.ts";
import type { UserinfoRefusalCode } from "./refusals.ts";

/** A token that opens the userinfo endpoint, as far as it can be told without the request that it came with. */
export type Admitted = { presented: string; token: AccessToken & { subject: string }; client: Client };

/** Why a token does not open the endpoint. */
export type AdmissionDefect =
  | "missing"
  | JwtRefusalCode
  | "A057302"
  | "expired"
  | "expired_with_refresh_token"
  | "refreshable"
  | "no_openid"
  | "no_subject"
  | "password_grant"
  | "no_client"
  | "locked_client"
  | "unsigned_request";

/** The codes of an operation for them. */
export type AdmissionCodes = Readonly<Record<AdmissionDefect, UserinfoRefusalCode>>;

/** Looks the token of a call up and finds out whether it opens the userinfo endpoint (OIDC Core 5.3). */
export async function admit(
  context: EngineContext,
  value: unknown,
): Promise<(Admitted & { defect?: undefined }) | { defect: AdmissionDefect; token?: AccessToken }> {
  const presented = givenNonEmptyText(value);
  if (presented === undefined) return { defect: "missing" };
  const token = await findAccessToken(context, presented);
  if (typeof token === "string") return { defect: token };
  const client = await context.store.read.findClient(context.serviceId, String(token.clientId));
  const defect = firstDefect(context, token, client);
  if (defect || !client || token.subject === undefined) return { defect: defect ?? "no_client", token };
  return { presented, token: { ...token, subject: token.subject }, client };
}

/**
 * A token of the password grant stands for no authentication, whatever its scopes say. The signatures of requests are not
 * verified here, so a client that has to sign its requests is not served (RFC 9421).
 */
function firstDefect(
  context: EngineContext,
  token: AccessToken,
  client: Client | undefined,
): AdmissionDefect | undefined {
  if (token.accessTokenExpiresAt <= context.now) return howExpired(context, token);
  if (!client) return "no_client";
  if (client.locked) return "locked_client";
  if (client.rsRequestSigned) return "unsigned_request";
  if (!token.scopes.includes("openid")) return "no_openid";
  if (token.subject === undefined) return "no_subject";
  return token.grantType === "PASSWORD" ? "password_grant" : undefined;
}

function howExpired({ now }: EngineContext, { refreshTokenExpiresAt }: AccessToken): AdmissionDefect {
  if (refreshTokenExpiresAt === undefined) return "expired";
  return refreshTokenExpiresAt > now ? "refreshable" : "expired_with_refresh_token";
}
