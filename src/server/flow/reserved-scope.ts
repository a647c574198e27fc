import { OAuthError } from "../oauth/error.ts";
import { ISSUE_SCOPE, mayIssueTokens } from "./issue-permission.ts";
import { revokeIssued } from "./oauth-revoke-issued.ts";
import type { FlowPorts } from "./ports.ts";

/** What the engine has issued, and nobody has seen yet. */
type Issued = { clientId?: number | undefined; scopes?: readonly string[] | undefined; accessToken: string };

/**
 * The scope of back ends goes to nobody else, whatever the engine gives. Tokens that have it all the same are taken back.
 *
 * @throws OAuthError invalid_scope; EngineError when the engine cannot be asked.
 */
export async function refuseReservedScope(
  ports: Pick<FlowPorts, "authlete" | "clock" | "log">,
  { clientId, scopes, accessToken }: Issued,
): Promise<void> {
  if (!scopes?.includes(ISSUE_SCOPE)) return;
  try {
    if (clientId !== undefined && (await mayIssueTokens(ports, String(clientId)))) return;
  } catch (error) {
    await revokeIssued(ports, accessToken);
    throw error;
  }
  await revokeIssued(ports, accessToken);
  ports.log.warn("audit.reserved_scope_refused", { clientId });
  throw new OAuthError("invalid_scope", "The scope token:issue is not for this client.");
}
