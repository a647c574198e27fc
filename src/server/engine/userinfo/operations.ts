import { type EngineOperations, unavailable } from "../operation.ts";

/** The userinfo endpoint (OIDC Core 5.3). */
export const userinfoOperations: EngineOperations<"auth/userinfo" | "auth/userinfo/issue"> = {
  "auth/userinfo": unavailable,
  "auth/userinfo/issue": unavailable,
};
