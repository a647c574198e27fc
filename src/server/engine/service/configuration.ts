import { TooDeepError, withoutNulls } from "../../authlete/absent.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import { refuseCall } from "../call-refusal.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { applyJsonPatch } from "../json-patch.ts";
import { onceForService } from "../once-for-service.ts";
import { serverMetadata } from "./configuration/server-metadata.ts";

/**
 * `service/configuration`: the discovery document of the service (RFC 8414, OpenID Connect Discovery 1.0), with a JSON Patch (RFC
 * 6902) applied to it where the request has one. The call is refused (400) when the patch does not fit.
 */
export async function getServiceConfiguration(
  { service }: EngineContext,
  request: Partial<Request<"service/configuration">>,
): Promise<Response<"service/configuration">> {
  const document = metadataOf(service);
  const patch = givenNonEmptyText(request.patch);
  if (patch === undefined) return document;
  return patched(document, patch) ?? refuseCall("A126202", "patch");
}

const metadataOf = onceForService(serverMetadata);

/** Like every answer, the document has no members that are `null`, and is not nested without end. */
function patched(document: Record<string, unknown>, patch: string): Record<string, unknown> | undefined {
  try {
    return withoutNulls(applyJsonPatch(document, patch)) as Record<string, unknown> | undefined;
  } catch (error) {
    if (error instanceof TooDeepError) return undefined;
    throw error;
  }
}
