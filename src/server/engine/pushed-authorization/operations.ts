import { type EngineOperations, unavailable } from "../operation.ts";

/** The pushed authorization request endpoint (RFC 9126). */
export const pushedAuthorizationOperations: EngineOperations<"pushed_auth_req"> = {
  pushed_auth_req: unavailable,
};
