import { type EngineOperations, unavailable } from "../operation.ts";

/** JOSE objects. */
export const joseOperations: EngineOperations<"jose/verify"> = {
  "jose/verify": unavailable,
};
