import type { EngineContext } from "../context.ts";
import { type EngineOperations, refusingWith } from "../operation.ts";
import { answerRefusal, type RefusalCode, refusalResult } from "../refusal.ts";
import { logOutOfNativeSso } from "./logout.ts";
import { nativeSso } from "./native-sso.ts";
import { nativeSsoRefusals } from "./refusals.ts";

/** OpenID Connect Native SSO for Mobile Apps. */
export const nativeSsoOperations: EngineOperations<"nativesso" | "nativesso/logout"> = {
  nativesso: refusingWith(nativeSso, nativeSsoRefusal),
  "nativesso/logout": refusingWith(logOutOfNativeSso, logoutRefusal),
};

/** What keeps an ID token from being made is a fault of settings, not of the call. */
function nativeSsoRefusal({ service }: EngineContext, code: RefusalCode) {
  const action = Object.hasOwn(nativeSsoRefusals, code) ? "CALLER_ERROR" : "INTERNAL_SERVER_ERROR";
  return { ...answerRefusal(service, code), action } as const;
}

function logoutRefusal(_context: EngineContext, code: RefusalCode) {
  return { ...refusalResult(code), action: "CALLER_ERROR" } as const;
}
