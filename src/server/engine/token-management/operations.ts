import { type EngineOperations, refusingWith } from "../operation.ts";
import { type RefusalCode, refusalResult } from "../refusal.ts";
import { createToken } from "./create.ts";
import { deleteToken } from "./delete.ts";
import { listTokens } from "./list.ts";
import { revokeTokens } from "./revoke.ts";
import { updateToken } from "./update.ts";

/** Tokens without a token request. */
export const tokenManagementOperations: EngineOperations<
  | "auth/token/create"
  | "auth/token/update"
  | "auth/token/delete"
  | "auth/token/revoke"
  | "auth/token/get/list"
> = {
  "auth/token/create": refusingWith(createToken, (_context, code) => ({
    ...refusalResult(code),
    action: creationAction(code),
  })),
  "auth/token/update": refusingWith(updateToken, (_context, code) => ({
    ...refusalResult(code),
    action: code === "A134202" ? ("NOT_FOUND" as const) : ("BAD_REQUEST" as const),
  })),
  "auth/token/delete": deleteToken,
  "auth/token/revoke": revokeTokens,
  "auth/token/get/list": listTokens,
};

/** A client that may have no tokens is forbidden; a JWT that cannot be made is a fault of the service's settings. */
function creationAction(code: RefusalCode) {
  if (code === "A107201" || code === "A107203") return "FORBIDDEN";
  return code === "A108205" ? "INTERNAL_SERVER_ERROR" : "BAD_REQUEST";
}
