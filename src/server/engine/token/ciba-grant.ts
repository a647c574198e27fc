import type { Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import { requiredParameter } from "../form.ts";
import { refuse } from "../refusal.ts";
import { answerPoll, type DecidedGrantType } from "./decided-grant.ts";
import type { GrantRequest } from "./grant.ts";

const type: DecidedGrantType = {
  grantType: "CIBA",
  success: "A200002",
  codes: {
    unknown: "A200304",
    expired: "A200307",
    pending: "A200308",
    tooFast: "A901303",
    refused: "A200001",
    outrun: "A200310",
    taken: "A200103",
    properties: "A200201",
    jwtAccessToken: "A200202",
    idToken: "A200102",
    unsignedIdToken: "A200309",
  },
};

/** CIBA at the token endpoint (CIBA Core 10.1), in the modes poll and ping. In push mode tokens go another way. */
export async function cibaGrant(
  context: EngineContext,
  request: GrantRequest,
): Promise<Response<"auth/token">> {
  const value = requiredParameter(request.form, "auth_req_id", ["A200301", "A200302", "A200303"]);
  const found = await context.store.read.findArtifactByAlias("backchannel_ticket", hashOf(value));
  if (!found || found.serviceId !== context.serviceId) return refuse("A200304");
  if (found.document.clientId !== request.caller.clientId) refuse("A200305");
  if (found.document.deliveryMode === "PUSH") refuse("A200306");
  return answerPoll(context, { ...request, found, type });
}
