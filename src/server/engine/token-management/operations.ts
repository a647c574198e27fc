import { type EngineOperations, unavailable } from "../operation.ts";

/** Tokens without a token request. */
export const tokenManagementOperations: EngineOperations<
  | "auth/token/create"
  | "auth/token/update"
  | "auth/token/delete"
  | "auth/token/revoke"
  | "auth/token/get/list"
> = {
  "auth/token/create": unavailable,
  "auth/token/update": unavailable,
  "auth/token/delete": unavailable,
  "auth/token/revoke": unavailable,
  "auth/token/get/list": unavailable,
};
