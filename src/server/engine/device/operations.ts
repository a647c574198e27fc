import { type EngineOperations, unavailable } from "../operation.ts";

/** The device grant (RFC 8628). */
export const deviceOperations: EngineOperations<
  "device/authorization" | "device/verification" | "device/complete"
> = {
  "device/authorization": unavailable,
  "device/verification": unavailable,
  "device/complete": unavailable,
};
