import { demandsMultiFactor } from "../../../server/flow/authorization/demands.ts";
import { handleIn } from "../../../server/http/interaction-path.ts";
import { type WaitingRequest, waitingRequest } from "../../_bridge/authorization-request.ts";

/**
 * Whether what a person signs in for wants more than a password.
 *
 * @param next where the sign-in leads on to; of `nextPath`.
 */
export async function secondFactorFor(next: string): Promise<"required" | undefined> {
  const handle = handleIn(next);
  return secondFactorIn(handle === undefined ? undefined : await waitingRequest(handle));
}

/** Whether a request that waits wants more than a password. */
export function secondFactorIn(request: WaitingRequest | undefined): "required" | undefined {
  return request && demandsMultiFactor(request.document) ? "required" : undefined;
}
