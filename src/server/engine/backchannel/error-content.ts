import type { EngineContext } from "../context.ts";

/** What a client is told of a failure, in the words of the caller; the engine adds none of its own. */
export function errorContent(
  { service }: Pick<EngineContext, "service">,
  failure: {
    authReqId?: string | undefined;
    error: string;
    errorDescription?: string | undefined;
    errorUri?: string | undefined;
  },
): string {
  return JSON.stringify({
    auth_req_id: failure.authReqId,
    error: failure.error,
    error_description: service.errorDescriptionOmitted ? undefined : failure.errorDescription,
    error_uri: service.errorUriOmitted ? undefined : failure.errorUri,
  });
}
