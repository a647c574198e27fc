import type { GmResponse } from "../authlete/messages/gm.ts";
import type { IntrospectionResponse } from "../authlete/messages/introspection.ts";
import { jsonAnswer, type OAuthAnswer } from "../oauth/answer.ts";
import type { PresentedToken } from "../oauth/bearer.ts";
import type { ProvedRequest } from "../oauth/oauth-request.ts";
import { challenged, tokenMissing } from "../oauth/token-challenge.ts";
import { possessionCall } from "./engine-request.ts";
import { engineFault, withNonce } from "./oauth-engine-answer.ts";
import type { FlowPorts } from "./ports.ts";

/** A request of the grant management endpoint, read. */
export type GrantRequest = ProvedRequest & {
  presented: PresentedToken | undefined;
  grantId: string;
  action: "QUERY" | "REVOKE";
};

/**
 * Answers a request about a grant (Grant Management for OAuth 2.0, section 6): what it holds, or its end. The engine judges token and
 * scope; that the grant is the one which the token came of is judged here too, because the API leaves it to its caller.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function answerGrantRequest(ports: FlowPorts, request: GrantRequest): Promise<OAuthAnswer> {
  const { presented, grantId, action } = request;
  if (presented === undefined) return tokenMissing();
  const isOwn = await isGrantOf(ports, presented.token, grantId);
  const response = await ports.authlete.gm({
    accessToken: presented.token,
    // A foreign grant is never named to the engine: a token that opens nothing here is still refused in the engine's words.
    grantId: isOwn ? grantId : NO_GRANT,
    gmAction: action,
    ...possessionCall(presented.scheme === "DPoP" ? request : { ...request, dpop: undefined }),
  });
  return withNonce(answerOf(ports, response), response);
}

/** No grant has this name: they are made of random characters, as long as tokens. */
const NO_GRANT = "none";

async function isGrantOf(
  { authlete }: Pick<FlowPorts, "authlete">,
  token: string,
  grantId: string,
): Promise<boolean> {
  const response = await authlete["auth/introspection"]({ token });
  return grantOf(response) === grantId;
}

/** Also of a token that cannot be used without its proof: whether it can, the engine says afterwards. */
function grantOf(response: IntrospectionResponse): string | undefined {
  return "grantId" in response && typeof response.grantId === "string" ? response.grantId : undefined;
}

function answerOf(ports: FlowPorts, response: GmResponse): OAuthAnswer {
  switch (response.action) {
    case "OK":
      return jsonAnswer(200, response.responseContent);
    case "NO_CONTENT":
      return { status: 204, headers: { "cache-control": "no-store", pragma: "no-cache" }, body: "" };
    case "UNAUTHORIZED":
      return challenged(401, response.responseContent);
    case "FORBIDDEN":
      return challenged(403, response.responseContent);
    case "NOT_FOUND":
      return challenged(404, response.responseContent);
    case "CALLER_ERROR":
    case "AUTHLETE_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "grants", response);
  }
}
