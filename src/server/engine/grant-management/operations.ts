import { type EngineOperations, unavailable } from "../operation.ts";

/** The grant management endpoint (Grant Management for OAuth 2.0). */
export const grantManagementOperations: EngineOperations<"gm"> = {
  gm: unavailable,
};
