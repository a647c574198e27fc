import type { EngineContext } from "../context.ts";
import { type EngineOperations, refusingWith } from "../operation.ts";
import { answerRefusal, type RefusalCode } from "../refusal.ts";
import { deleteRegistration, getRegistration, updateRegistration } from "./manage.ts";
import { register } from "./register.ts";

/** What clients do with their own registration (RFC 7591, RFC 7592). */
export const clientRegistrationOperations: EngineOperations<
  | "client/registration"
  | "client/registration/get"
  | "client/registration/update"
  | "client/registration/delete"
> = {
  "client/registration": refusingWith(register, answerRegistration),
  "client/registration/get": refusingWith(getRegistration, answerRegistration),
  "client/registration/update": refusingWith(updateRegistration, answerRegistration),
  "client/registration/delete": refusingWith(deleteRegistration, answerRegistration),
};

const tokenDefects: ReadonlySet<string> = new Set(["A215305", "A215307"] satisfies RefusalCode[]);

/** A wrong token is `UNAUTHORIZED` where the service's front end knows that action. */
function answerRegistration({ service }: EngineContext, code: RefusalCode) {
  const { action, ...refused } = answerRefusal(service, code);
  if (service.unauthorizedOnClientConfigSupported && tokenDefects.has(code)) {
    return { ...refused, action: "UNAUTHORIZED" as const };
  }
  const isFault = action === "INTERNAL_SERVER_ERROR";
  return { ...refused, action: isFault ? ("INTERNAL_SERVER_ERROR" as const) : ("BAD_REQUEST" as const) };
}
