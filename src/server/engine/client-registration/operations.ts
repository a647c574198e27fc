import { type EngineOperations, unavailable } from "../operation.ts";

/** What clients do with their own registration (RFC 7591, RFC 7592). */
export const clientRegistrationOperations: EngineOperations<
  | "client/registration"
  | "client/registration/get"
  | "client/registration/update"
  | "client/registration/delete"
> = {
  "client/registration": unavailable,
  "client/registration/get": unavailable,
  "client/registration/update": unavailable,
  "client/registration/delete": unavailable,
};
