import { interactionPath } from "../../../../server/http/interaction-path.ts";
import { waitingRequest } from "../../../_bridge/authorization-request.ts";

/**
 * Where a reset leads on to: an application's request that waits at this very browser, else nowhere in particular.
 *
 * @param handle from the address: it counts for nothing without the cookie of its request.
 * @returns the path that goes on with it, and the name of the application.
 */
export async function wayOn(handle: unknown): Promise<{ next: string; client?: string }> {
  const request = typeof handle === "string" ? await waitingRequest(handle) : undefined;
  if (typeof handle !== "string" || !request) return { next: "/" };
  return { next: interactionPath(handle), client: request.document.client.name };
}
