import type { EngineOperations } from "../operation.ts";
import { authorize } from "./authorize.ts";
import { failAuthorization } from "./fail.ts";
import { issueAuthorization } from "./issue.ts";
import { getTicketInfo, updateTicket } from "./ticket-context.ts";

/** The authorization endpoint. */
export const authorizationOperations: EngineOperations<
  | "auth/authorization"
  | "auth/authorization/issue"
  | "auth/authorization/fail"
  | "auth/authorization/ticket/info"
  | "auth/authorization/ticket/update"
> = {
  "auth/authorization": authorize,
  "auth/authorization/issue": issueAuthorization,
  "auth/authorization/fail": failAuthorization,
  "auth/authorization/ticket/info": getTicketInfo,
  "auth/authorization/ticket/update": updateTicket,
};
