import type { Request, Response } from "../../authlete/operations.ts";
import { challenge } from "../access-token/challenge.ts";
import { findAccessToken } from "../access-token/find-access-token.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText, givenSeconds, givenTexts } from "../given.ts";
import { result } from "../refusal.ts";
import { type Examination, whyInsufficient, whyUnusable } from "./checks.ts";
import { whyNotTheirs } from "./possession.ts";
import { type IntrospectionRefusalCode, introspectionRefusals } from "./refusals.ts";
import { tokenMembers } from "./token-members.ts";

/** `auth/introspection`: whether an access token is good for a call of a protected resource. */
export async function introspect(
  context: EngineContext,
  request: Partial<Request<"auth/introspection">>,
): Promise<Response<"auth/introspection">> {
  const presented = givenNonEmptyText(request.token);
  if (presented === undefined) return refused(context, "A057301", { request });
  const token = await findAccessToken(context, presented);
  if (typeof token === "string") return refused(context, token, { request });
  const client = await context.store.read.findClient(context.serviceId, String(token.clientId));
  const grant =
    token.grantId === undefined
      ? undefined
      : await context.store.read.findGrant(context.serviceId, token.grantId);
  const examination = { token, client, grant: grant?.grant, request, now: context.now };
  const unusable = whyUnusable(examination) ?? (await whyNotTheirs(context, examination, presented));
  return examined(context, examination, unusable);
}

function examined(
  context: EngineContext,
  examination: Examination,
  unusable: IntrospectionRefusalCode | undefined,
): Response<"auth/introspection"> {
  const insufficient = unusable ? undefined : whyInsufficient(examination);
  const code = unusable ?? insufficient;
  const asksForScopes = givenTexts(examination.request.scopes).length > 0;
  const state = {
    existent: true,
    usable: !unusable,
    sufficient: !code && asksForScopes,
    ...tokenMembers(context, examination),
  };
  if (code) return { ...refused(context, code, examination), ...state };
  return {
    ...result("A056001", "The access token is good."),
    action: "OK",
    responseContent: 'Bearer error="invalid_request"',
    ...state,
  };
}

/** The state of a token that was not found; that of a found one replaces it. */
const absent = { existent: false, usable: false, sufficient: false, refreshable: false };

function refused(
  { service }: EngineContext,
  code: IntrospectionRefusalCode,
  { request, token }: Pick<Examination, "request"> & Partial<Examination>,
) {
  const [action, error, text] = introspectionRefusals[code];
  const demandedScopes = givenTexts(request.scopes);
  const maxAge = givenSeconds(request.maxAge);
  const demandedAuthentication = { acrValues: givenTexts(request.acrValues), maxAge };
  const wantsProof =
    token?.details.confirmation?.jkt !== undefined || givenNonEmptyText(request.dpop) !== undefined;
  return {
    ...result(code, text),
    action,
    responseContent: challenge(service, {
      code,
      error,
      text,
      demandedScopes,
      demandedAuthentication,
      wantsProof,
    }),
    ...absent,
  };
}
