import type { Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import { checkPropertiesSize, mergedProperties, readProperties } from "../access-token/properties.ts";
import type { Artifact } from "../artifacts.ts";
import type { EngineContext } from "../context.ts";
import { requiredParameter } from "../form.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import { mintGrantTokens } from "../grant/mint-grant-tokens.ts";
import type { EngineWriter } from "../ports.ts";
import type { AccessToken } from "../records.ts";
import { refuse, result } from "../refusal.ts";
import { checkRedemption, type Redemption } from "./authorization-code-checks.ts";
import type { GrantRequest } from "./grant.ts";
import { insertTokens } from "./insert-tokens.ts";
import { type Narrowing, readNarrowing } from "./narrowing.ts";
import { asksForNativeSso, nativeSsoMembers } from "./native-sso-answer.ts";
import { type IssuedTokens, issuedMembers } from "./token-answer.ts";

/**
 * The authorization code grant (RFC 6749 4.1.3): tokens for a code, once. A redemption that fails leaves the code as it was.
 * A code that comes again, right in everything else, is in two hands: what it produced is revoked (RFC 6749 4.1.2), even if
 * both came at the same moment.
 */
export async function authorizationCodeGrant(
  context: EngineContext,
  request: GrantRequest,
): Promise<Response<"auth/token">> {
  const code = await findCode(context, request);
  const redemption = { ...request, code };
  checkRedemption(context, redemption);
  if (code.spentAt !== undefined) return refuseUsedCode(context, code);
  const { grant, narrowing } = decided(redemption);
  const issued = await mintTokens(context, redemption, { grant, narrowing });
  if (!(await spendCode(context, redemption, issued.row))) return refuseUsedCode(context, code);
  return answerOf(context, redemption, { issued, narrowing });
}

async function findCode(context: EngineContext, { form }: GrantRequest) {
  const value = requiredParameter(form, "code", ["A050301", "A050302", "A050303"]);
  return (await context.store.read.findArtifact("authorization_code", hashOf(value))) ?? refuse("A050305");
}

async function refuseUsedCode(context: EngineContext, code: Artifact<"authorization_code">): Promise<never> {
  const { tokenId } = code.document.grant;
  await context.store.write((transaction) => transaction.deleteToken(context.serviceId, tokenId));
  return refuse("A050305");
}

type Decided = { grant: AuthorizedGrant; narrowing: Narrowing };

/** The grant with what the token request adds to it, and what the request wants of it. */
function decided({ form, request, code }: Redemption): Decided {
  const { grant } = code.document;
  const properties = mergedProperties(grant.properties, readProperties(request.properties));
  checkPropertiesSize(properties, "A050201");
  return { grant: { ...grant, properties }, narrowing: readNarrowing(form, grant) };
}

/** Where Native SSO is asked for, its own operation makes the ID token, which needs parts of the authorization request. */
function mintTokens(
  context: EngineContext,
  { caller, binding, request, code }: Redemption,
  { grant, narrowing }: Decided,
): Promise<IssuedTokens> {
  const { nonce, state } = code.document.request;
  const common = {
    client: caller.client,
    grant,
    grantType: "AUTHORIZATION_CODE" as const,
    binding,
    wishes: request,
    narrowed: narrowing,
    jwtFailure: "A050202" as const,
  };
  if (!isNativeSso(context, grant)) {
    return mintGrantTokens(context, { ...common, idToken: { vouchesFor: { state } } });
  }
  const nativeSso = { ...(nonce === undefined ? {} : { nonce }), ...(state === undefined ? {} : { state }) };
  return mintGrantTokens(context, { ...common, details: { nativeSso } });
}

function isNativeSso({ service }: EngineContext, { scopes, sessionId }: AuthorizedGrant): boolean {
  return asksForNativeSso(service, scopes) && scopes.includes("openid") && sessionId !== undefined;
}

/** Spends the code together with storing what it yields; tells whether it was there to be spent. */
function spendCode(context: EngineContext, { caller, code }: Redemption, row: AccessToken): Promise<boolean> {
  return context.store.write(async (transaction) => {
    if (!(await transaction.consumeArtifact("authorization_code", code.keyHash, context.now))) return false;
    await checkGrantIsAlive(transaction, row);
    await insertTokens(transaction, { context, client: caller.client, row }, "A050101");
    return true;
  });
}

/** Whoever revoked a grant meant what was still to come of it, too (Grant Management for OAuth 2.0, 6.5). */
async function checkGrantIsAlive(
  transaction: EngineWriter,
  { serviceId, grantId }: AccessToken,
): Promise<void> {
  if (grantId === undefined) return;
  if (!(await transaction.findGrant(serviceId, grantId))) refuse("A050305");
}

function answerOf(
  context: EngineContext,
  { form, caller, code }: Redemption,
  { issued, narrowing }: { issued: IssuedTokens; narrowing: Narrowing },
): Response<"auth/token"> {
  const members = {
    ...issuedMembers(context, caller.client, issued),
    grantType: "AUTHORIZATION_CODE",
    clientAuthMethod: caller.clientAuthMethod,
    ...(narrowing.requestedResources.length > 0 ? { resources: narrowing.requestedResources } : {}),
  };
  if (!isNativeSso(context, code.document.grant)) {
    return {
      ...result("A050001", "Tokens were issued for the authorization code."),
      action: "OK",
      ...members,
    };
  }
  return {
    ...result("A050002", "Tokens were issued; Native SSO needs an ID token to go with them."),
    action: "NATIVE_SSO",
    ...nativeSsoMembers(form, issued, members),
  };
}
