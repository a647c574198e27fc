import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { subjectForClient } from "../id-token/subject-for-client.ts";
import { readJsonObject } from "../json-object.ts";
import { setOwnMember } from "../own-member.ts";
import { result } from "../refusal.ts";
import { type AdmissionCodes, type Admitted, admit } from "./admission.ts";
import { isWrittenAsJwt, userinfoJwt } from "./jwt-answer.ts";
import { refusedUserinfo } from "./refused.ts";

const codes: AdmissionCodes = {
  missing: "A092301",
  A057302: "A092302",
  A057304: "A092306",
  A057305: "A092307",
  A057306: "A092305",
  expired: "A093301",
  expired_with_refresh_token: "A093302",
  refreshable: "A093303",
  no_openid: "A093304",
  no_subject: "A093305",
  password_grant: "A093306",
  no_client: "A095301",
  unsigned_request: "A902305",
  locked_client: "A902306",
};

/**
 * `auth/userinfo/issue`: the answer of the userinfo endpoint with the values of claims (OIDC Core 5.3.2), as JSON or, where
 * the client is registered for that, as a JWT. The token was checked by `auth/userinfo`, its proof too; what may have
 * changed is checked again.
 */
export async function issueUserinfo(
  context: EngineContext,
  request: Partial<Request<"auth/userinfo/issue">>,
): Promise<Response<"auth/userinfo/issue">> {
  const admitted = await admit(context, request.token);
  if (admitted.defect !== undefined) return refusedUserinfo(context, codes[admitted.defect]);
  const given = readJsonObject(givenNonEmptyText(request.claims) ?? "{}");
  if (!given) return refusedUserinfo(context, "A094201");
  const claims = claimsOf(given, subjectOf(context, admitted, request.sub));
  const issued = result("A096001", "The claims can be given to the client.");
  if (!isWrittenAsJwt(admitted.client)) {
    const responseContent = written(claims);
    if (responseContent === undefined) return refusedUserinfo(context, "A094201");
    return { ...issued, action: "JSON", responseContent };
  }
  const { jwt, code } = await userinfoJwt(context, admitted, claims);
  if (code) return refusedUserinfo(context, code);
  return { ...issued, action: "JWT", responseContent: jwt };
}

/** The same as in ID tokens, or the client would have to refuse the answer (OIDC Core 5.3.2). */
function subjectOf(context: EngineContext, { token, client }: Admitted, sub: unknown): string {
  const chosen = givenNonEmptyText(sub) ?? token.details.idToken?.sub;
  return subjectForClient(context, client, { subject: token.subject, sub: chosen });
}

/** Claims without a value are left out, and nobody's claims say who the user is. */
function claimsOf(given: Record<string, unknown>, sub: string): Record<string, unknown> {
  const claims: Record<string, unknown> = { sub };
  for (const [name, value] of Object.entries(given)) {
    if (name !== "sub" && value !== null) setOwnMember(claims, name, value);
  }
  return claims;
}

/** What is nested too deep cannot be written. */
function written(claims: Record<string, unknown>): string | undefined {
  try {
    return JSON.stringify(claims);
  } catch {
    return undefined;
  }
}
