import { withDpopNonce } from "../dpop/nonce.ts";
import type { EngineOperations } from "../operation.ts";
import { issueUserinfo } from "./issue.ts";
import { userinfo } from "./userinfo.ts";

/** The userinfo endpoint (OIDC Core 5.3). */
export const userinfoOperations: EngineOperations<"auth/userinfo" | "auth/userinfo/issue"> = {
  "auth/userinfo": withDpopNonce(userinfo),
  "auth/userinfo/issue": issueUserinfo,
};
