import type { Client } from "../../authlete/client.ts";
import { type Prompt, promptSchema } from "../../authlete/enumerations.ts";
import type { Response } from "../../authlete/operations.ts";
import type { IdentifiedClient } from "../client-authentication/credentials.ts";
import type { EngineContext } from "../context.ts";
import { result } from "../refusal.ts";
import { scopeDetails } from "../token/scopes.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { publicService, shownClient } from "./interaction-parties.ts";
import { managedGrantMembers } from "./managed-grant.ts";
import { requestedClaims } from "./requested-claims.ts";

type Pending = { request: AuthorizationRequest; ticket: string };
type Answer = Extract<Response<"auth/authorization">, { action: "INTERACTION" | "NO_INTERACTION" }>;

/** What the caller needs to ask the user, or, where the request forbids that, to decide without asking. */
export async function interaction(
  context: EngineContext,
  { client, aliasUsed }: IdentifiedClient,
  { request, ticket }: Pending,
): Promise<Answer> {
  const { service } = context;
  return {
    ...result("A004001", "The authorization request is good: decide, then issue or fail."),
    action: request.prompts?.includes("NONE") ? "NO_INTERACTION" : "INTERACTION",
    ticket,
    client: shownClient(client),
    service: publicService(service),
    clientIdAliasUsed: aliasUsed,
    ...presentationMembers(request),
    ...scopeMembers(context, request),
    ...claimMembers(context, request),
    ...authenticationMembers(client, request),
    ...(await managedGrantMembers(context, request)),
  };
}

function presentationMembers(request: AuthorizationRequest) {
  const { display, prompts, uiLocales, claimsLocales, purpose, requestObjectPayload } = request;
  return {
    display: display ?? "PAGE",
    lowestPrompt: lowest(prompts),
    ...given({ prompts, uiLocales, claimsLocales, purpose, requestObjectPayload }),
  };
}

/** Of several prompts the one that the API lists first; a user who is not told otherwise is asked for consent. */
function lowest(prompts: readonly Prompt[] = ["CONSENT"]): Prompt {
  return promptSchema.options.find((prompt) => prompts.includes(prompt)) ?? "CONSENT";
}

function scopeMembers({ service }: EngineContext, request: AuthorizationRequest) {
  const { dynamicScopes, resources, authorizationDetails } = request;
  const plain = request.scopes.filter((name) => !dynamicScopes?.some(({ value }) => value === name));
  return {
    ...(plain.length > 0 ? { scopes: scopeDetails(service, plain) } : {}),
    ...(resources.length > 0 ? { resources } : {}),
    ...given({ dynamicScopes, authorizationDetails }),
  };
}

function claimMembers({ service }: EngineContext, request: AuthorizationRequest) {
  if (!request.scopes.includes("openid")) return {};
  const { idToken, userInfo, idTokenText, userInfoText } = requestedClaims(service, request);
  return {
    ...(idToken.length > 0 ? { claims: idToken } : {}),
    ...(userInfo.length > 0 ? { claimsAtUserInfo: userInfo } : {}),
    ...given({ idTokenClaims: idTokenText, userInfoClaims: userInfoText }),
  };
}

/**
 * A `maxAge` of 0 says nothing, as the API has it: an explicit `max_age=0` has to be seen in the request itself. A pairwise subject is
 * none that the caller knows; `auth/authorization/issue` compares it.
 */
function authenticationMembers({ subjectType }: Client, request: AuthorizationRequest) {
  const { maxAge = 0, acrs, acrEssential = false, loginHint, nativeSsoRequested = false } = request;
  const subject = subjectType === "PAIRWISE" ? undefined : request.subject;
  return { maxAge, acrEssential, nativeSsoRequested, ...given({ acrs, subject, loginHint }) };
}

/** The members that are there. */
function given<Members extends Record<string, unknown>>(members: Members) {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [Name in keyof Members]?: Exclude<Members[Name], undefined> };
}
