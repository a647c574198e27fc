import { type EngineOperations, unavailable } from "../operation.ts";

/** OpenID Connect Native SSO for Mobile Apps. */
export const nativeSsoOperations: EngineOperations<"nativesso" | "nativesso/logout"> = {
  nativesso: unavailable,
  "nativesso/logout": unavailable,
};
