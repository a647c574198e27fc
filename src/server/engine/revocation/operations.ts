import { type EngineOperations, refusing } from "../operation.ts";
import { revoke } from "./revocation.ts";

/** The revocation endpoint (RFC 7009). */
export const revocationOperations: EngineOperations<"auth/revocation"> = {
  "auth/revocation": refusing(revoke),
};
