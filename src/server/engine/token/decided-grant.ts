import type { GrantType } from "../../authlete/enumerations.ts";
import type { Response } from "../../authlete/operations.ts";
import { checkPropertiesSize, mergedProperties, readProperties } from "../access-token/properties.ts";
import type { Artifact } from "../artifacts.ts";
import { withOwnCodes } from "../client-request/own-codes.ts";
import type { EngineContext } from "../context.ts";
import type { DecisionOutcome } from "../device/device-grant.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import { mintGrantTokens } from "../grant/mint-grant-tokens.ts";
import { ownIdTokenCodes } from "../id-token/own-codes.ts";
import type { AccessToken } from "../records.ts";
import { errorBody, type RefusalCode, refusalResult, refusals, refuse, result } from "../refusal.ts";
import { type PollCodes, type PolledKind, polledDecision } from "./decision-poll.ts";
import type { GrantRequest } from "./grant.ts";
import { insertTokens } from "./insert-tokens.ts";
import { readNarrowing } from "./narrowing.ts";
import { issuedMembers } from "./token-answer.ts";

/** A grant type whose client polls for the decision of a user, and its codes. */
export type DecidedGrantType = {
  grantType: Extract<GrantType, "DEVICE_CODE" | "CIBA">;
  success: string;
  codes: PollCodes &
    Record<
      | "expired"
      | "refused"
      | "outrun"
      | "taken"
      | "properties"
      | "jwtAccessToken"
      | "idToken"
      | "unsignedIdToken",
      RefusalCode
    >;
};

type Polled = GrantRequest & { found: Artifact<PolledKind>; type: DecidedGrantType };

/**
 * The end of the device grant (RFC 8628 3.4) and of CIBA (CIBA Core 10.1) at the token endpoint: that nothing is decided
 * yet, that the user said no, or tokens, once.
 */
export async function answerPoll(context: EngineContext, polled: Polled): Promise<Response<"auth/token">> {
  const { found, type } = polled;
  if (found.spentAt !== undefined) refuse(type.codes.unknown);
  if (found.expiresAt <= context.now) refuse(type.codes.expired);
  const outcome = await polledDecision(context, found, type.codes);
  return outcome.result === "AUTHORIZED"
    ? issueTokens(context, polled, outcome.grant)
    : answerNo(context, polled, outcome);
}

/** A transaction that came to nothing looks to the client like one that took too long. */
function answerNo(
  { service }: EngineContext,
  { type }: Polled,
  outcome: Exclude<DecisionOutcome, { result: "AUTHORIZED" }>,
): Response<"auth/token"> {
  const code = type.codes.refused;
  const error = outcome.result === "ACCESS_DENIED" ? "access_denied" : "expired_token";
  const [, , text] = refusals[code];
  const { errorDescription: description, errorUri: uri } = outcome;
  const responseContent = errorBody(service, { code, error, text, description, uri });
  return { ...refusalResult(code), action: "BAD_REQUEST", responseContent };
}

async function issueTokens(
  context: EngineContext,
  polled: Polled,
  decided: AuthorizedGrant,
): Promise<Response<"auth/token">> {
  const { form, request, caller, type } = polled;
  const properties = mergedProperties(decided.properties, readProperties(request.properties));
  checkPropertiesSize(properties, type.codes.properties);
  const narrowing = readNarrowing(form, decided);
  const grant = { ...decided, properties };
  const { idToken: other, unsignedIdToken: unsigned } = type.codes;
  const issued = await withOwnCodes(ownIdTokenCodes({ unsigned, other }), () =>
    mintTokens(context, polled, { grant, narrowing }),
  );
  await spend(context, polled, issued.row);
  return {
    ...result(type.success, "Tokens were issued for the decision of the user."),
    action: "OK",
    ...issuedMembers(context, caller.client, issued),
    grantType: type.grantType,
    clientAuthMethod: caller.clientAuthMethod,
    ...(narrowing.requestedResources.length > 0 ? { resources: narrowing.requestedResources } : {}),
  };
}

function mintTokens(
  context: EngineContext,
  { request, caller, binding, type }: Polled,
  { grant, narrowing }: { grant: AuthorizedGrant; narrowing: ReturnType<typeof readNarrowing> },
) {
  return mintGrantTokens(context, {
    client: caller.client,
    grant,
    grantType: type.grantType,
    binding,
    wishes: request,
    narrowed: narrowing,
    idToken: { claimsAsGiven: true },
    jwtFailure: type.codes.jwtAccessToken,
  });
}

/** Of any number of polls for one decision exactly one gets the tokens. */
async function spend(
  context: EngineContext,
  { found, caller, type }: Polled,
  row: AccessToken,
): Promise<void> {
  await context.store.write(async (transaction) => {
    const isSpent = await transaction.consumeArtifact(found.kind, found.keyHash, context.now);
    if (!isSpent) refuse(type.codes.outrun);
    await insertTokens(transaction, { context, client: caller.client, row }, type.codes.taken);
  });
}
