import { type EngineOperations, unavailable } from "../operation.ts";
import { introspect } from "./introspection.ts";

/** The introspection endpoint. */
export const introspectionOperations: EngineOperations<"auth/introspection" | "auth/introspection/standard"> =
  {
    "auth/introspection": introspect,
    "auth/introspection/standard": unavailable,
  };
