import type { Request, Response } from "../../authlete/operations.ts";
import { refuseCall } from "../call-refusal.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { applyJsonPatch } from "../json-patch.ts";
import { serverMetadata } from "./configuration/server-metadata.ts";

/**
 * `service/configuration`: the discovery document of the service (RFC 8414, OpenID Connect Discovery 1.0), with a JSON Patch (RFC
 * 6902) applied to it where the request has one. The call is refused (400) when the patch does not fit.
 */
export async function getServiceConfiguration(
  { service }: EngineContext,
  request: Partial<Request<"service/configuration">>,
): Promise<Response<"service/configuration">> {
  const document = serverMetadata(service);
  const patch = givenNonEmptyText(request.patch);
  if (patch === undefined) return document;
  const patched = applyJsonPatch(document, patch);
  return patched ?? refuseCall("A126202", "patch");
}
