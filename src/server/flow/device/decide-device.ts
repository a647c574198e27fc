import { releasedClaims } from "../../account/released-claims.ts";
import { toldContext } from "../authorization/reached-contexts.ts";
import type { SignedIn } from "../authorization/signed-in.ts";
import { askingEngine } from "../engine-failure.ts";
import { TicketgateError } from "../error.ts";
import type { FlowPorts } from "../ports.ts";
import type { DeviceRequest } from "./device-request.ts";
import { deviceOf } from "./find-device.ts";

/** What a person can say about a device. */
export const deviceDecisions = ["allow", "deny"] as const;
export type DeviceDecision = (typeof deviceDecisions)[number];

/** What became of it. */
export const deviceOutcomes = ["allowed", "denied", "expired", "over"] as const;
export type DeviceOutcome = (typeof deviceOutcomes)[number];

/**
 * Tells the engine what a person decided about a device. A code can be decided upon once. Claims are given as at the authorization endpoint:
 * what the request names, as far as the account has it.
 *
 * @param userCode as the engine knows it.
 * @throws TicketgateError ENGINE_UNAVAILABLE.
 * @see RFC 8628, section 3.3
 */
export async function decideDevice(
  ports: FlowPorts,
  userCode: string,
  { decision, signedIn }: { decision: DeviceDecision; signedIn: SignedIn },
): Promise<DeviceOutcome> {
  const device = await deviceOf(ports, userCode);
  if (device === "CODE_EXPIRED") return "expired";
  if (device === "CODE_UNKNOWN") return "over";
  const { subject } = signedIn;
  const request = decision === "allow" ? await yes(ports, device, signedIn) : no(subject);
  const answer = await askingEngine(() => ports.authlete["device/complete"]({ userCode, ...request }));
  const about = { subject, clientId: device.client.id, decision, action: answer.action };
  ports.log.info("audit.device_decided", about);
  switch (answer.action) {
    case "SUCCESS":
      return decision === "allow" ? "allowed" : "denied";
    case "USER_CODE_EXPIRED":
      return "expired";
    // Somebody has decided about it before.
    case "INVALID_REQUEST":
    case "USER_CODE_NOT_EXIST":
      return "over";
    case "SERVER_ERROR":
    case "UNKNOWN_ACTION":
      throw new TicketgateError("ENGINE_UNAVAILABLE", {
        detail: `device/complete: ${answer.action} ${answer.resultCode}`,
      });
  }
}

async function yes({ accounts }: FlowPorts, { namedClaims }: DeviceRequest, signedIn: SignedIn) {
  const names = namedClaims.map((name) => name.split("#", 1)[0] as string);
  const claims = releasedClaims(await accounts.claimsOf(signedIn.subject), { scopes: [], names });
  return {
    result: "AUTHORIZED" as const,
    subject: signedIn.subject,
    authTime: Math.floor(signedIn.authenticatedAt / 1000),
    acr: toldContext(signedIn),
    consentedClaims: namedClaims,
    ...(Object.keys(claims).length > 0 ? { claims: JSON.stringify(claims) } : {}),
  };
}

function no(subject: string) {
  return { result: "ACCESS_DENIED" as const, subject };
}
