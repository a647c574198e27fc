import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { IdTokenGrant } from "../grant/authorized-grant.ts";
import { readObjectText } from "../object-text.ts";
import type { RefusalCode } from "../refusal.ts";
import { type IdTokenRequest, idTokenFor } from "./id-token.ts";
import type { FoundTokens } from "./issued-tokens.ts";

/** What a caller says of an ID token for tokens that are issued already. */
export type LaterIdTokenRequest = {
  sub?: unknown;
  claims?: unknown;
  idtHeaderParams?: unknown;
  idTokenAudType?: unknown;
};

/** The codes for JSON texts that hold no object. */
export type LaterIdTokenCodes = Record<"claims" | "headerParameters", RefusalCode>;

/** Reads what a caller says of the ID token, on top of what is known since the grant. */
export function readLaterIdToken(
  { issued }: FoundTokens,
  request: LaterIdTokenRequest,
  codes: LaterIdTokenCodes,
): IdTokenGrant {
  const sub = givenNonEmptyText(request.sub);
  const claims = readObjectText(request.claims, codes.claims);
  const headerParameters = readObjectText(request.idtHeaderParams, codes.headerParameters);
  const audienceType = request.idTokenAudType;
  return {
    ...issued.row.details.idToken,
    ...(sub === undefined ? {} : { sub }),
    ...(claims === undefined ? {} : { claims }),
    ...(headerParameters === undefined ? {} : { headerParameters }),
    ...(audienceType === "array" || audienceType === "string" ? { audienceType } : {}),
  };
}

/**
 * Makes an ID token for tokens that are issued already. How and when the user was authenticated is what it was at the grant (OIDC
 * Core 12.2).
 */
export function laterIdToken(
  context: EngineContext,
  { issued, client, subject }: FoundTokens,
  extra: { idToken: IdTokenGrant } & Pick<IdTokenRequest, "vouchesFor" | "deviceSecretHash">,
): Promise<string> {
  const { row } = issued;
  const { acr, authTime } = row.details;
  const { idToken, ...rest } = extra;
  return idTokenFor(context, {
    client,
    grant: {
      subject,
      scopes: row.scopes,
      clientIdAliasUsed: row.clientIdAliasUsed,
      ...(acr === undefined ? {} : { acr }),
      ...(authTime === undefined ? {} : { authTime }),
      ...(row.sessionId === undefined ? {} : { sessionId: row.sessionId }),
      idToken,
    },
    besideAccessToken: true,
    claimsAsGiven: true,
    ...rest,
  });
}
