import type { Client } from "../../authlete/client.ts";
import type { Grant } from "../../authlete/members.ts";
import type { Request } from "../../authlete/operations.ts";
import { givenSeconds, givenText, givenTexts } from "../given.ts";
import type { AccessToken } from "../records.ts";
import type { IntrospectionRefusalCode } from "./refusals.ts";

/** A token that exists, and what is asked of it. */
export type Examination = {
  token: AccessToken;
  client: Client | undefined;
  /** The grant that it came of, where the client manages its grants. */
  grant: Grant | undefined;
  request: Partial<Request<"auth/introspection">>;
  now: number;
};

type Check = (examination: Examination) => IntrospectionRefusalCode | undefined;

/** Whether the token can be used at all. */
const usabilityChecks: readonly Check[] = [checkExpiry, checkClient];

/** Whether it is enough for this call. */
const sufficiencyChecks: readonly Check[] = [
  checkScopes,
  checkSubject,
  checkResources,
  checkAcr,
  checkAuthenticationAge,
];

/** The first reason why a token cannot be used. */
export function whyUnusable(examination: Examination): IntrospectionRefusalCode | undefined {
  return firstRefusal(usabilityChecks, examination);
}

/** The first reason why a usable token is not enough. */
export function whyInsufficient(examination: Examination): IntrospectionRefusalCode | undefined {
  return firstRefusal(sufficiencyChecks, examination);
}

function firstRefusal(checks: readonly Check[], examination: Examination) {
  for (const check of checks) {
    const code = check(examination);
    if (code) return code;
  }
  return undefined;
}

function checkExpiry({ token, now }: Examination) {
  if (token.accessTokenExpiresAt > now) return undefined;
  if (token.refreshTokenExpiresAt === undefined) return "A065303";
  return token.refreshTokenExpiresAt > now ? "A065301" : "A065302";
}

function checkClient({ client }: Examination) {
  if (!client) return "A097301";
  return client.locked ? "A097303" : undefined;
}

function checkScopes({ token, request }: Examination) {
  const demanded = givenTexts(request.scopes);
  if (demanded.every((scope) => token.scopes.includes(scope))) return undefined;
  return token.scopes.length === 0 ? "A064301" : "A064302";
}

function checkSubject({ token, request }: Examination) {
  const demanded = givenText(request.subject);
  if (demanded === undefined || demanded === token.subject) return undefined;
  return token.subject === undefined ? "A066301" : "A066302";
}

/** A token without resources is not restricted to any. */
function checkResources({ token, request }: Examination) {
  const demanded = givenTexts(request.resources);
  if (token.accessTokenResources.length === 0) return undefined;
  return demanded.every((resource) => token.accessTokenResources.includes(resource)) ? undefined : "A064303";
}

/** The user was authenticated in one of the ways demanded (RFC 9470 4). */
function checkAcr({ token, request }: Examination) {
  const demanded = givenTexts(request.acrValues);
  if (demanded.length === 0) return undefined;
  return demanded.includes(token.details.acr ?? "") ? undefined : "A341302";
}

/** The user was authenticated not longer ago than demanded. A token that does not tell when is too old for any demand. */
function checkAuthenticationAge({ token, request, now }: Examination) {
  const maxAge = givenSeconds(request.maxAge);
  if (maxAge === undefined) return undefined;
  const { authTime } = token.details;
  return authTime !== undefined && now <= (authTime + maxAge) * 1000 ? undefined : "A340301";
}
