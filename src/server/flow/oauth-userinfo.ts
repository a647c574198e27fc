import { releasedClaims } from "../account/released-claims.ts";
import type { UserinfoResponse } from "../authlete/messages/userinfo.ts";
import type { UserinfoIssueResponse } from "../authlete/messages/userinfo-issue.ts";
import type { OAuthAnswer } from "../oauth/answer.ts";
import type { PresentedToken } from "../oauth/bearer.ts";
import type { ProvedRequest } from "../oauth/oauth-request.ts";
import { claimsOfScopes } from "../oauth/scope-claims.ts";
import { challenged, tokenMissing, tokenRefused } from "../oauth/token-challenge.ts";
import { possessionCall } from "./engine-request.ts";
import { engineFault, withNonce } from "./oauth-engine-answer.ts";
import type { FlowPorts } from "./ports.ts";

/** A request of the UserInfo endpoint, read. */
export type UserinfoRequest = ProvedRequest & { presented: PresentedToken | undefined };

type Admitted = Extract<UserinfoResponse, { action: "OK" }>;

/**
 * Answers a UserInfo request (OIDC Core 5.3): the engine judges the token, the account directory has the claims, the engine writes
 * them as the client is registered for.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function answerUserinfoRequest(
  ports: FlowPorts,
  request: UserinfoRequest,
): Promise<OAuthAnswer> {
  const { presented } = request;
  if (presented === undefined) return tokenMissing();
  if (presented.scheme === "DPoP" && request.dpop === undefined) {
    return tokenRefused(401, {
      scheme: "DPoP",
      error: "invalid_dpop_proof",
      description: "The header DPoP is missing.",
    });
  }
  const response = await ports.authlete["auth/userinfo"]({
    token: presented.token,
    ...possessionCall(presented.scheme === "DPoP" ? request : { ...request, dpop: undefined }),
  });
  return withNonce(await answerOf(ports, presented, response), response);
}

async function answerOf(
  ports: FlowPorts,
  presented: PresentedToken,
  response: UserinfoResponse,
): Promise<OAuthAnswer> {
  switch (response.action) {
    case "OK":
      return answerClaims(ports, presented, response);
    case "BAD_REQUEST":
      return challenged(400, response.responseContent);
    case "UNAUTHORIZED":
      return challenged(401, response.responseContent);
    case "FORBIDDEN":
      return challenged(403, response.responseContent);
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "userinfo", response);
  }
}

async function answerClaims(
  ports: FlowPorts,
  { token, scheme }: PresentedToken,
  admitted: Admitted,
): Promise<OAuthAnswer> {
  const claims = await ports.accounts.claimsOf(admitted.subject);
  if (!claims) {
    const description = "The access token is of nobody who is known here.";
    return tokenRefused(401, { scheme, error: "invalid_token", description });
  }
  const released = releasedClaims(claims, { scopes: admitted.scopes ?? [], names: agreedNames(admitted) });
  const issued = await ports.authlete["auth/userinfo/issue"]({ token, claims: JSON.stringify(released) });
  return writtenAnswer(ports, issued);
}

/**
 * The claims that the authorization request named (OIDC Core 5.5). Where the person was asked about claims one by one, those alone that
 * were agreed to.
 */
function agreedNames({ claims = [], scopes = [], consentedClaims }: Admitted): string[] {
  const byScope = new Set(claimsOfScopes(scopes));
  const named = claims.filter((name) => !byScope.has(name));
  return consentedClaims === undefined ? named : named.filter((name) => consentedClaims.includes(name));
}

function writtenAnswer(ports: FlowPorts, issued: UserinfoIssueResponse): OAuthAnswer {
  switch (issued.action) {
    case "JSON":
      return written("application/json;charset=UTF-8", issued);
    case "JWT":
      return written("application/jwt", issued);
    case "BAD_REQUEST":
      return challenged(400, issued.responseContent);
    case "UNAUTHORIZED":
      return challenged(401, issued.responseContent);
    case "FORBIDDEN":
      return challenged(403, issued.responseContent);
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "userinfo", issued);
  }
}

type Issued = Extract<UserinfoIssueResponse, { action: "JSON" | "JWT" }>;

/** The headers of a message signature come along where there is one (RFC 9421, RFC 9530). */
function written(contentType: string, issued: Issued): OAuthAnswer {
  const { responseContent, signature, signatureInput, contentDigest } = issued;
  const headers = {
    "content-type": contentType,
    "cache-control": "no-store",
    pragma: "no-cache",
    "x-content-type-options": "nosniff",
    ...(signature !== undefined && { signature }),
    ...(signatureInput !== undefined && { "signature-input": signatureInput }),
    ...(contentDigest !== undefined && { "content-digest": contentDigest }),
  };
  return { status: 200, headers, body: responseContent };
}
