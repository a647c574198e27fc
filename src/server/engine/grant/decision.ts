import type { Client } from "../../authlete/client.ts";
import { readJwtAtClaims } from "../access-token/jwt-at-claims.ts";
import { checkPropertiesSize, readProperties } from "../access-token/properties.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText, givenSeconds, givenTexts } from "../given.ts";
import { readObjectText } from "../object-text.ts";
import { rowId } from "../random-value.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import { grantableScopes } from "../token/scopes.ts";
import { readSubject, type SubjectCodes } from "../token/subject.ts";
import type { AuthorizedGrant, IdTokenGrant } from "./authorized-grant.ts";
import { claimNamesOf } from "./claim-names.ts";

/** Characters of an `acr` and of a `sub` at most. */
const LONGEST_ACR = 200;
const LONGEST_SUB = 100;

/** What a caller says of a user who authorized a client. As on the wire, any member may be anything. */
export type Authorization = Partial<
  Record<
    | "subject"
    | "sub"
    | "authTime"
    | "acr"
    | "claims"
    | "properties"
    | "scopes"
    | "consentedClaims"
    | "idtHeaderParams"
    | "jwtAtClaims"
    | "accessTokenDuration"
    | "refreshTokenDuration"
    | "idTokenAudType",
    unknown
  >
>;

type TextCodes = readonly [tooLong: RefusalCode, notAscii: RefusalCode];

/** The codes of an operation for what is wrong with an authorization. */
export type AuthorizationCodes = {
  subject: SubjectCodes;
  sub: TextCodes;
  acr: TextCodes;
  authTime: RefusalCode;
  claims: RefusalCode;
  properties: RefusalCode;
  headerParameters: RefusalCode;
  jwtAtClaims: RefusalCode;
};

/** What a client asked for, and who it is now. */
export type Asked = {
  client: Client;
  request: Pick<
    AuthorizedGrant,
    "clientId" | "clientIdAliasUsed" | "scopes" | "resources" | "authorizationDetails"
  >;
};

/** Makes the grant that a user has given: what the client asked for, changed by what the caller says. */
export function readAuthorizedGrant(
  context: EngineContext,
  { client, request }: Asked,
  { authorization, codes }: { authorization: Authorization; codes: AuthorizationCodes },
): AuthorizedGrant {
  const { clientId, clientIdAliasUsed, resources, authorizationDetails } = request;
  const subject = readSubject(authorization.subject, codes.subject);
  const scopes = decidedScopes(context, { client, request }, authorization.scopes);
  const properties = readProperties(authorization.properties);
  checkPropertiesSize(properties, codes.properties);
  const claimNames = claimNamesOf(context.service, scopes);
  return {
    tokenId: rowId(context),
    clientId,
    clientIdAliasUsed,
    subject,
    scopes,
    resources,
    properties,
    ...(authorizationDetails ? { authorizationDetails } : {}),
    ...tokenMembers(authorization, codes),
    ...authenticationMembers(authorization, codes),
    idToken: readIdTokenGrant(client, authorization, codes),
    ...(claimNames.length > 0 ? { claimNames } : {}),
    ...(Array.isArray(authorization.consentedClaims)
      ? { consentedClaims: givenTexts(authorization.consentedClaims) }
      : {}),
  };
}

/**
 * Other scopes than asked for may come in, among those the client may have; an authentication is only what asked to be one.
 */
function decidedScopes(context: EngineContext, { client, request }: Asked, scopes: unknown): string[] {
  if (!Array.isArray(scopes)) return request.scopes;
  const names = [...new Set(givenTexts(scopes))];
  const wanted = names.filter((name) => name !== "openid" || request.scopes.includes(name));
  return grantableScopes(context.service, client, wanted);
}

function tokenMembers(authorization: Authorization, codes: AuthorizationCodes) {
  const jwtAtClaims = readJwtAtClaims(authorization.jwtAtClaims, codes.jwtAtClaims);
  const accessTokenDuration = givenSeconds(authorization.accessTokenDuration);
  const refreshTokenDuration = givenSeconds(authorization.refreshTokenDuration);
  return {
    ...(jwtAtClaims === undefined ? {} : { jwtAtClaims }),
    ...(accessTokenDuration === undefined ? {} : { accessTokenDuration }),
    ...(refreshTokenDuration === undefined ? {} : { refreshTokenDuration }),
  };
}

function authenticationMembers(authorization: Authorization, codes: AuthorizationCodes) {
  const acr = readAscii(authorization.acr, LONGEST_ACR, codes.acr);
  const { authTime } = authorization;
  if (typeof authTime === "number" && authTime < 0) refuse(codes.authTime);
  return {
    ...(acr === undefined ? {} : { acr }),
    ...(Number.isSafeInteger(authTime) && authTime !== 0 ? { authTime: authTime as number } : {}),
  };
}

function readIdTokenGrant(
  client: Client,
  authorization: Authorization,
  codes: AuthorizationCodes,
): IdTokenGrant {
  const sub = readAscii(authorization.sub, LONGEST_SUB, codes.sub);
  const claims = readObjectText(authorization.claims, codes.claims);
  const headerParameters = readObjectText(authorization.idtHeaderParams, codes.headerParameters);
  const audienceType = authorization.idTokenAudType;
  return {
    ...(sub === undefined ? {} : { sub }),
    ...(claims === undefined ? {} : { claims }),
    ...(headerParameters === undefined ? {} : { headerParameters }),
    ...(audienceType === "array" || audienceType === "string" ? { audienceType } : {}),
    ...(client.authTimeRequired ? { authTimeRequired: true } : {}),
  };
}

function readAscii(value: unknown, longest: number, codes: TextCodes): string | undefined {
  const text = givenNonEmptyText(value);
  if (text === undefined) return undefined;
  if (text.length > longest) refuse(codes[0]);
  return /^[\x20-\x7e]+$/.test(text) ? text : refuse(codes[1]);
}
