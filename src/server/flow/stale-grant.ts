import { OAuthError } from "../oauth/error.ts";
import { revokeIssued } from "./oauth-revoke-issued.ts";
import type { FlowPorts } from "./ports.ts";

/** What the engine has issued for a grant, and nobody has seen yet. */
type Issued = {
  subject?: string | undefined;
  grantType?: string | undefined;
  accessToken: string;
};

/** Grants of a person that are redeemed some time after they were given. */
const REDEEMED_LATER: ReadonlySet<string> = new Set(["AUTHORIZATION_CODE", "DEVICE_CODE", "CIBA"]);

/** Longer than codes live: of a password that was changed before that, no such grant is left. */
const LONGEST_LIFE_MS = 60 * 60 * 1000;

/**
 * Takes tokens back whose person was authenticated before the password of the account was changed: the grant was given by whoever was signed in
 * with the old one (threat T32). The engine tells when that was in whole seconds, so the second of the change counts as after it; of what
 * it does not tell the worse is believed.
 *
 * @throws OAuthError invalid_grant; EngineError when the engine cannot be asked.
 */
export async function refuseStaleGrant(
  ports: Pick<FlowPorts, "authlete" | "clock" | "log" | "selfService">,
  { subject, grantType = "", accessToken }: Issued,
): Promise<void> {
  if (!ports.selfService || subject === undefined || !REDEEMED_LATER.has(grantType)) return;
  const { credentialsChangedAt = 0 } = (await ports.selfService.accounts.findBySubject(subject)) ?? {};
  if (credentialsChangedAt < ports.clock() - LONGEST_LIFE_MS) return;
  const authenticatedAt = await authenticationTime(ports, accessToken);
  if (authenticatedAt !== undefined && authenticatedAt >= Math.floor(credentialsChangedAt / 1000)) return;
  await revokeIssued(ports, accessToken);
  ports.log.warn("audit.stale_grant_refused", { subject, grantType });
  throw new OAuthError("invalid_grant", "The grant is not valid any more.");
}

/** Seconds since the epoch; `undefined` when the engine does not say. */
async function authenticationTime(
  ports: Pick<FlowPorts, "authlete" | "log">,
  token: string,
): Promise<number | undefined> {
  try {
    // It is told of a token that is bound to a key too, although nobody shows that key here.
    const answer = await ports.authlete["auth/introspection"]({ token });
    return "authTime" in answer ? answer.authTime : undefined;
  } catch (error) {
    await revokeIssued(ports, token);
    throw error;
  }
}
