import type { EngineOperations } from "../operation.ts";
import { verifyJose } from "./verify-jose.ts";

/** JOSE objects. */
export const joseOperations: EngineOperations<"jose/verify"> = {
  "jose/verify": verifyJose,
};
