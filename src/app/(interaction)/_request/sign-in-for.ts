import { handleIn } from "../../../server/http/interaction-path.ts";
import { type WaitingRequest, waitingRequest } from "../../_bridge/authorization-request.ts";
import { isSignedIn } from "../../bridge.ts";

/** The request that a person signs in for, and where it waits. */
export type RequestedSignIn = { handle: string; request: WaitingRequest };

const STEPS: readonly string[] = ["sign-in", "register", "choose-account"];

/**
 * Whether a page for signing in, or for getting an account to sign in with, has anything to do. For an application's request that may be so
 * although somebody is signed in: a fresh sign-in is wanted, or somebody else.
 *
 * @param next where the page leads on to; of `nextPath`.
 * @returns `wanted` false: go on. `requested` is there when an application's request waits for it.
 */
export async function signInFor(
  next: string,
): Promise<{ wanted: boolean; requested: RequestedSignIn | undefined }> {
  const handle = handleIn(next);
  if (handle === undefined) return { wanted: !(await isSignedIn()), requested: undefined };
  const request = await waitingRequest(handle);
  if (!request || !STEPS.includes(request.step.step)) return { wanted: false, requested: undefined };
  return { wanted: true, requested: { handle, request } };
}
