import type { Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import { requiredParameter } from "../form.ts";
import { refuse } from "../refusal.ts";
import { answerPoll, type DecidedGrantType } from "./decided-grant.ts";
import type { GrantRequest } from "./grant.ts";

const type: DecidedGrantType = {
  grantType: "DEVICE_CODE",
  success: "A242002",
  codes: {
    unknown: "A242304",
    expired: "A242306",
    pending: "A242307",
    tooFast: "A901302",
    refused: "A242001",
    outrun: "A242309",
    taken: "A242103",
    properties: "A242201",
    jwtAccessToken: "A242202",
    idToken: "A242102",
    unsignedIdToken: "A242308",
  },
};

/** The device grant at the token endpoint (RFC 8628 3.4): the device asks whether the user has decided. */
export async function deviceCodeGrant(
  context: EngineContext,
  request: GrantRequest,
): Promise<Response<"auth/token">> {
  const value = requiredParameter(request.form, "device_code", ["A242301", "A242302", "A242303"]);
  const found = await context.store.read.findArtifact("device_code", hashOf(value));
  if (!found || found.serviceId !== context.serviceId) return refuse("A242304");
  if (found.document.clientId !== request.caller.clientId) refuse("A242305");
  return answerPoll(context, { ...request, found, type });
}
