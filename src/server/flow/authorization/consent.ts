import { EngineRefusedCall } from "../../authlete/error.ts";
import { claimsOfScopes } from "../../oauth/scope-claims.ts";
import type { FlowPorts } from "../ports.ts";
import { type ShownRequest, scopeNames } from "./request-document.ts";

type ConsentPorts = Pick<FlowPorts, "authlete" | "settings">;

/** What a person granted to a client before; `undefined`: nothing ever. */
export type Granted = ReadonlySet<string> | undefined;

/**
 * Whether a person has to be asked: an application of our own need not be, unless it wants that itself; any other does, unless all of it
 * was granted before to a client that nobody else can pass for. Details, resources where the access is to be used, grants to be changed and
 * claims that no granted scope speaks for are never taken for granted: what is remembered are scopes.
 *
 * @param granted what was granted before.
 * @see OpenID Connect Core 1.0, sections 3.1.2.1 and 3.1.2.4; RFC 8252, section 8.6; RFC 8707, section 2.1; RFC 9396,
 *   section 6
 */
export function needsConsent(
  { settings }: Pick<FlowPorts, "settings">,
  document: ShownRequest,
  granted: Granted,
): boolean {
  if (document.prompts.includes("CONSENT")) return true;
  if (settings.firstPartyClients.has(document.client.id)) return false;
  if (granted === undefined || !document.client.assured) return true;
  if (document.details.length > 0 || document.resources.length > 0 || document.changesGrant) return true;
  if (scopeNames(document).some((name) => !granted.has(name))) return true;
  return namedClaims(document).some((name) => !isSpokenFor(name, granted));
}

/** The names that a request asks for one by one, without their languages and without what tells nothing more about a person. */
export function namedClaims({ namedClaims: names }: Pick<ShownRequest, "namedClaims">): string[] {
  const plain = names.map((name) => name.split("#", 1)[0] as string);
  return [...new Set(plain)].filter((name) => !AUTHENTICATION_CLAIMS.has(name));
}

/** Whether one of these scopes stands for a claim (OIDC Core 5.4). */
export function isSpokenFor(claim: string, scopes: Iterable<string>): boolean {
  return claimsOfScopes([...scopes]).includes(claim);
}

/** Claims that every ID token may have (OIDC Core 2). */
const AUTHENTICATION_CLAIMS: ReadonlySet<string> = new Set([
  "iss",
  "sub",
  "aud",
  "exp",
  "iat",
  "auth_time",
  "nonce",
  "acr",
  "amr",
  "azp",
  "sid",
]);

/**
 * What a person granted to a client before. An engine that does not keep it has nothing to tell, and then everybody is asked.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function grantedBefore(
  { authlete }: ConsentPorts,
  { client }: ShownRequest,
  subject: string,
): Promise<Granted> {
  try {
    const answer = await authlete["client/granted_scopes/get"]({ clientId: client.id, subject });
    return answer.modifiedAt === undefined && answer.mergedGrantedScopes === undefined
      ? undefined
      : new Set(answer.mergedGrantedScopes ?? []);
  } catch (error) {
    if (error instanceof EngineRefusedCall) return undefined;
    throw error;
  }
}
