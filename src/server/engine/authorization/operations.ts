import { type EngineOperations, unavailable } from "../operation.ts";

/** The authorization endpoint. */
export const authorizationOperations: EngineOperations<
  | "auth/authorization"
  | "auth/authorization/issue"
  | "auth/authorization/fail"
  | "auth/authorization/ticket/info"
  | "auth/authorization/ticket/update"
> = {
  "auth/authorization": unavailable,
  "auth/authorization/issue": unavailable,
  "auth/authorization/fail": unavailable,
  "auth/authorization/ticket/info": unavailable,
  "auth/authorization/ticket/update": unavailable,
};
