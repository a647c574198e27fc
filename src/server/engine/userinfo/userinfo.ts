import type { Request, Response } from "../../authlete/operations.ts";
import { attributeMembers, clientMembers } from "../client/client-members.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { AccessToken } from "../records.ts";
import { result } from "../refusal.ts";
import { checkPossession, type PossessionDefect } from "../sender-constraint/possession.ts";
import { type AdmissionCodes, type Admitted, admit } from "./admission.ts";
import { userInfoClaimNames } from "./claim-names.ts";
import type { UserinfoRefusalCode } from "./refusals.ts";
import { refusedUserinfo } from "./refused.ts";

const codes: AdmissionCodes = {
  missing: "A088301",
  A057302: "A088302",
  A057304: "A088306",
  A057305: "A088307",
  A057306: "A088305",
  expired: "A089301",
  expired_with_refresh_token: "A089302",
  refreshable: "A089303",
  no_openid: "A089304",
  no_subject: "A089305",
  password_grant: "A089306",
  no_client: "A098301",
  unsigned_request: "A902304",
  locked_client: "A098303",
};

const possessionCodes: Record<PossessionDefect, UserinfoRefusalCode> = {
  certificate_missing: "A089307",
  certificate_malformed: "A089308",
  certificate_mismatch: "A089310",
  proof_missing: "A089311",
  proof_mismatch: "A089312",
  proof_malformed: "A089313",
  proof_algorithm: "A089314",
  proof_no_key: "A089315",
  proof_no_algorithm: "A089316",
  proof_nonce: "A902303",
};

type Call = Partial<Request<"auth/userinfo">>;

/** `auth/userinfo`: whether an access token opens the userinfo endpoint (OIDC Core 5.3.1), and which claims it gives. */
export async function userinfo(context: EngineContext, request: Call): Promise<Response<"auth/userinfo">> {
  const admitted = await admit(context, request.token);
  if (admitted.defect !== undefined)
    return refused(context, codes[admitted.defect], { ...admitted, request });
  const { token, client, presented } = admitted;
  const defect = await checkPossession(context, token, {
    request,
    client,
    accessToken: presented,
    defaultUri: context.service.userInfoEndpoint,
  });
  if (defect) return refused(context, possessionCodes[defect], { token, request });
  return {
    ...result("A091001", "The access token opens the userinfo endpoint."),
    action: "OK",
    ...tokenMembers(context, admitted),
  };
}

function refused(
  context: EngineContext,
  code: UserinfoRefusalCode,
  { token, request }: { token?: AccessToken; request: Call },
) {
  const isBound = token?.details.confirmation?.jkt !== undefined;
  return refusedUserinfo(context, code, isBound || givenNonEmptyText(request.dpop) !== undefined);
}

function tokenMembers({ service }: EngineContext, { presented, token, client }: Admitted) {
  const { userInfoClaims, consentedClaims } = token.details;
  const claims = userInfoClaimNames(service, token);
  return {
    token: presented,
    subject: token.subject,
    scopes: token.scopes,
    ...clientMembers(client, token.clientIdAliasUsed),
    ...(claims.length > 0 ? { claims } : {}),
    ...(userInfoClaims === undefined ? {} : { userInfoClaims }),
    ...(consentedClaims === undefined ? {} : { consentedClaims }),
    ...(token.properties.length > 0 ? { properties: token.properties } : {}),
    ...attributeMembers(service, client),
  };
}
