import type { Request, Response } from "../../authlete/operations.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { refuse, result } from "../refusal.ts";

/** `nativesso/logout`: ends all tokens of a session, in whichever apps they are. */
export async function logOutOfNativeSso(
  { store, serviceId }: EngineContext,
  request: Partial<Request<"nativesso/logout">>,
): Promise<Response<"nativesso/logout">> {
  const sessionId = givenNonEmptyText(request.sessionId) ?? refuse("A901221");
  const count = isStorable(sessionId)
    ? await store.write((transaction) => transaction.deleteTokens(serviceId, { sessionId }))
    : 0;
  return { ...result("A503001", "The tokens of the session were deleted."), action: "OK", count };
}
