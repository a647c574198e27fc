import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { refuse, result } from "../refusal.ts";
import { findByUserCode } from "./find-by-user-code.ts";
import { deviceRequestMembers } from "./members.ts";

/**
 * `device/verification`: what a user code stands for, so that its user can be asked. A code that was decided upon stands for
 * nothing any more.
 */
export async function verifyUserCode(
  context: EngineContext,
  request: Partial<Request<"device/verification">>,
): Promise<Response<"device/verification">> {
  const { document, spentAt, expiresAt } = await findByUserCode(context, request.userCode, {
    missing: "A225201",
    unknown: "A225301",
    expired: "A225303",
  });
  if (document.outcome || spentAt !== undefined) refuse("A225301");
  const client = await context.store.read.findClient(context.serviceId, String(document.clientId));
  if (!client || client.locked) return refuse("A225301");
  return {
    ...result("A224001", "The user code stands for a request that waits for its user."),
    action: "VALID",
    ...(await deviceRequestMembers(context, client, document)),
    expiresAt,
  };
}
