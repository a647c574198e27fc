import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import { subjectForClient } from "../id-token/subject-for-client.ts";
import type { RefusalCode } from "../refusal.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { contentsOf } from "./response/response-type.ts";

/** A decision that does not fit its request: the client gets an error, whatever the caller decided. */
export function whyNotIssued(
  context: EngineContext,
  { client, request, grant }: { client: Client; request: AuthorizationRequest; grant: AuthorizedGrant },
): RefusalCode | undefined {
  if (request.nativeSsoRequested && grant.sessionId === undefined) return "A499201";
  if (contentsOf(request.responseType).idToken && !grant.scopes.includes("openid")) return "A060314";
  const { subject, idToken } = grant;
  const shown = subjectForClient(context, client, { subject, sub: idToken?.sub });
  return request.subject !== undefined && request.subject !== shown ? "A060304" : undefined;
}
