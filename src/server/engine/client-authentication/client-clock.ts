import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import { clockSkewMs } from "../jose/times.ts";
import { fapiModes, isFapi2 } from "./fapi-mode.ts";

/** Up to this is accepted in a FAPI 2 mode, and a minute is not (FAPI 2 5.3.2.1-13). */
const FAPI_AHEAD_MS = 10_000;

/**
 * How far `nbf` and `iat` of a JWT of a client may be in the future, in milliseconds: the clock skew that the service allows, and ten
 * seconds in a FAPI 2 mode whatever the service allows.
 */
export function clientClockAheadMs(context: Pick<EngineContext, "service">, client: Client): number {
  const skewMs = clockSkewMs(context);
  return isFapi2(fapiModes(context.service, client)) ? Math.max(skewMs, FAPI_AHEAD_MS) : skewMs;
}
