import type { Client } from "../../authlete/client.ts";
import { transactionResultSchema } from "../../authlete/enumerations.ts";
import type { Request } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import type { DecisionOutcome } from "../device/device-grant.ts";
import { type AuthorizationCodes, readAuthorizedGrant } from "../grant/decision.ts";
import { asManagedGrant } from "../grant/keep-authorization.ts";
import { readRefusedDecision } from "../grant/refused-decision.ts";
import { refuse } from "../refusal.ts";
import type { BackchannelGrant } from "./backchannel-grant.ts";

const codes: AuthorizationCodes = {
  subject: ["A188201", "A188202", "A188203"],
  sub: ["A189201", "A189202"],
  acr: ["A194201", "A194202"],
  authTime: "A195201",
  claims: "A190201",
  properties: "A191201",
  headerParameters: "A256201",
  jwtAtClaims: "A196205",
};

/** What the caller says that the user decided. */
export function readBackchannelOutcome(
  context: EngineContext,
  { client, grant }: { client: Client; grant: BackchannelGrant },
  request: Partial<Request<"backchannel/authentication/complete">>,
): DecisionOutcome {
  const decided = transactionResultSchema.safeParse(request.result);
  if (!decided.success) return refuse("A187201");
  if (decided.data !== "AUTHORIZED") {
    return readRefusedDecision(decided.data, request, ["A193201", "A193202", "A193203"]);
  }
  const options = { authorization: request, codes };
  const authorized = readAuthorizedGrant(context, { client, request: grant }, options);
  return { result: "AUTHORIZED", grant: asManagedGrant(context, authorized, grant.grantManagement) };
}
