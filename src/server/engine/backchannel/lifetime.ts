import type { Service } from "../../authlete/service.ts";
import { givenSeconds } from "../given.ts";
import type { BackchannelGrant } from "./backchannel-grant.ts";

/** How long a request waits for its user, in seconds, where the service does not say. */
const DEFAULT_DURATION = 600;

/**
 * How long an `auth_req_id` lives, in seconds. The client may ask for less than the service gives, not for more (CIBA Core
 * 7.1).
 */
export function backchannelLifetime(
  { backchannelAuthReqIdDuration }: Service,
  { requestedExpiry }: Pick<BackchannelGrant, "requestedExpiry">,
): number {
  const longest = givenSeconds(backchannelAuthReqIdDuration) ?? DEFAULT_DURATION;
  return Math.min(longest, requestedExpiry ?? longest);
}
