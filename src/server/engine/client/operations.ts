import { type EngineOperations, unavailable } from "../operation.ts";
import { getClient } from "./get.ts";

/** What the operator of the service does with clients. */
export const clientOperations: EngineOperations<
  | "client/get"
  | "client/get/list"
  | "client/create"
  | "client/update"
  | "client/delete"
  | "client/lock_flag/update"
  | "client/secret/refresh"
  | "client/secret/update"
  | "client/authorization/get/list"
  | "client/authorization/update"
  | "client/authorization/delete"
  | "client/granted_scopes/get"
  | "client/granted_scopes/delete"
  | "client/extension/requestable_scopes/get"
  | "client/extension/requestable_scopes/update"
  | "client/extension/requestable_scopes/delete"
> = {
  "client/get": getClient,
  "client/get/list": unavailable,
  "client/create": unavailable,
  "client/update": unavailable,
  "client/delete": unavailable,
  "client/lock_flag/update": unavailable,
  "client/secret/refresh": unavailable,
  "client/secret/update": unavailable,
  "client/authorization/get/list": unavailable,
  "client/authorization/update": unavailable,
  "client/authorization/delete": unavailable,
  "client/granted_scopes/get": unavailable,
  "client/granted_scopes/delete": unavailable,
  "client/extension/requestable_scopes/get": unavailable,
  "client/extension/requestable_scopes/update": unavailable,
  "client/extension/requestable_scopes/delete": unavailable,
};
