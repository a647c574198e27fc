import type { EngineOperations } from "../operation.ts";
import { deleteAuthorization, listAuthorizations, updateAuthorization } from "./authorization.ts";
import { createClient } from "./create.ts";
import { deleteClient } from "./delete.ts";
import { getClient } from "./get.ts";
import { deleteGrantedScopes, getGrantedScopes } from "./granted-scopes.ts";
import { listClients } from "./list.ts";
import { updateLockFlag } from "./lock-flag.ts";
import {
  deleteRequestableScopes,
  getRequestableScopes,
  updateRequestableScopes,
} from "./requestable-scopes.ts";
import { refreshClientSecret, updateClientSecret } from "./secret.ts";
import { updateClient } from "./update.ts";

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
  "client/get/list": listClients,
  "client/create": createClient,
  "client/update": updateClient,
  "client/delete": deleteClient,
  "client/lock_flag/update": updateLockFlag,
  "client/secret/refresh": refreshClientSecret,
  "client/secret/update": updateClientSecret,
  "client/authorization/get/list": listAuthorizations,
  "client/authorization/update": updateAuthorization,
  "client/authorization/delete": deleteAuthorization,
  "client/granted_scopes/get": getGrantedScopes,
  "client/granted_scopes/delete": deleteGrantedScopes,
  "client/extension/requestable_scopes/get": getRequestableScopes,
  "client/extension/requestable_scopes/update": updateRequestableScopes,
  "client/extension/requestable_scopes/delete": deleteRequestableScopes,
};
