import type { EngineOperations } from "../operation.ts";
import { checkHealth } from "./healthcheck.ts";

/** The engine itself. */
export const lifecycleOperations: EngineOperations<"lifecycle/healthcheck"> = {
  "lifecycle/healthcheck": checkHealth,
};
