import { signedInAt } from "../../../src/server/flow/authorization/signed-in.ts";
import { cookieRules } from "../../../src/server/session/cookie.ts";
import { type DeviceDesk, devicesOf } from "../../attack/device-desk.ts";
import { openAuthorizationGate } from "../authorization-gate.ts";
import { ORIGIN } from "../gate.ts";

/** Where devices are let in as a team builds it that finds typing codes a nuisance: the code is all that counts, wherever it comes from. */
export async function openNaiveDeviceDesk(): Promise<DeviceDesk> {
  const gate = await openAuthorizationGate();
  const { authlete } = gate.services;
  return {
    ...(await devicesOf(gate)),
    async enter(_, userCode) {
      const { action } = await authlete["device/verification"]({ userCode });
      return action === "VALID" ? userCode : undefined;
    },
    form: async (_, request, decision) => ({ request, decision, formToken: "" }),
    async decide({ cookies }, { request, decision }) {
      const signedIn = await signedInAt(gate.services, cookies.get(cookieRules(ORIGIN).session));
      if (!signedIn) return "/login";
      const result = decision === "allow" ? "AUTHORIZED" : "ACCESS_DENIED";
      return authlete["device/complete"]({ userCode: request, result, subject: signedIn.subject });
    },
  };
}
