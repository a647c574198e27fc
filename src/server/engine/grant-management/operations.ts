import { withDpopNonce } from "../dpop/nonce.ts";
import type { EngineOperations } from "../operation.ts";
import { manageGrant } from "./grant-management.ts";

/** The grant management endpoint (Grant Management for OAuth 2.0). */
export const grantManagementOperations: EngineOperations<"gm"> = {
  gm: withDpopNonce(manageGrant),
};
