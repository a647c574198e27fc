import type { Client } from "../../authlete/client.ts";
import { transactionResultSchema } from "../../authlete/enumerations.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import type { Artifact } from "../artifacts.ts";
import { changeArtifact } from "../change-artifact.ts";
import type { EngineContext } from "../context.ts";
import { type AuthorizationCodes, readAuthorizedGrant } from "../grant/decision.ts";
import { asManagedGrant, keepAuthorization } from "../grant/keep-authorization.ts";
import { readRefusedDecision } from "../grant/refused-decision.ts";
import { refuse, result } from "../refusal.ts";
import type { DecisionOutcome, DeviceGrant } from "./device-grant.ts";
import { findByUserCode } from "./find-by-user-code.ts";

const codes: AuthorizationCodes = {
  subject: ["A230201", "A230202", "A230203"],
  sub: ["A231201", "A231202"],
  acr: ["A233201", "A233202"],
  authTime: "A232201",
  claims: "A234201",
  properties: "A235201",
  headerParameters: "A257201",
  jwtAtClaims: "A902201",
};

/**
 * `device/complete`: keeps what the user decided until the device asks for it. Whatever is wrong with the call leaves the
 * user code as it was; of any number of decisions about one code exactly one counts.
 */
export async function completeDevice(
  context: EngineContext,
  request: Partial<Request<"device/complete">>,
): Promise<Response<"device/complete">> {
  const found = await findByUserCode(context, request.userCode, {
    missing: "A227201",
    unknown: "A227301",
    expired: "A227303",
  });
  checkUndecided(found);
  const outcome = await readOutcome(context, found.document, request);
  await changeArtifact(context, found, async (stored, transaction) => {
    const undecided = checkUndecided(stored);
    if (outcome.result === "AUTHORIZED") {
      const wanted = undecided.document.grantManagement;
      await keepAuthorization(context, transaction, { grant: outcome.grant, wanted });
    }
    return { ...undecided, document: { ...undecided.document, outcome } };
  });
  return { ...result("A241001", "The decision is kept for the device."), action: "SUCCESS" };
}

function checkUndecided(stored: Artifact<"device_code"> | undefined): Artifact<"device_code"> {
  if (!stored) return refuse("A227301");
  return stored.document.outcome || stored.spentAt !== undefined ? refuse("A239203") : stored;
}

async function readOutcome(
  context: EngineContext,
  grant: DeviceGrant,
  request: Partial<Request<"device/complete">>,
): Promise<DecisionOutcome> {
  const decided = transactionResultSchema.safeParse(request.result);
  if (!decided.success) return refuse("A228201");
  if (decided.data !== "AUTHORIZED") {
    return readRefusedDecision(decided.data, request, ["A236201", "A236202", "A236203"]);
  }
  const client = await findClientOfGrant(context, grant);
  const options = { authorization: request, codes };
  const authorized = readAuthorizedGrant(context, { client, request: grant }, options);
  return { result: "AUTHORIZED", grant: asManagedGrant(context, authorized, grant.grantManagement) };
}

/** The client is read again: it may have been removed or locked while the user was asked. */
async function findClientOfGrant(context: EngineContext, { clientId }: DeviceGrant): Promise<Client> {
  const client = await context.store.read.findClient(context.serviceId, String(clientId));
  return client && !client.locked ? client : refuse("A229301");
}
