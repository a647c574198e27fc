import type { OAuthRequest } from "../oauth/oauth-request.ts";
import type { FlowPorts } from "./ports.ts";

/** What identifies and authenticates a client in a body. */
const CLIENT_PARAMETERS = [
  "client_id",
  "client_secret",
  "client_assertion_type",
  "client_assertion",
] as const;

/**
 * Revokes a token that was issued a moment ago and that its client must not get, as that client. A failure is logged and
 * changes nothing: the token is known to nobody.
 */
export async function revokeIssued(ports: FlowPorts, request: OAuthRequest, token: string): Promise<void> {
  const { form, credentials } = request;
  const parameters = new URLSearchParams({ token, token_type_hint: "access_token" });
  for (const name of CLIENT_PARAMETERS) {
    const value = form.parameters.get(name);
    if (value !== undefined) parameters.set(name, value);
  }
  try {
    const { action, resultCode } = await ports.authlete["auth/revocation"]({
      parameters: parameters.toString(),
      ...(credentials.method === "client_secret_basic" && {
        clientId: credentials.clientId,
        clientSecret: credentials.clientSecret,
      }),
    });
    if (action !== "OK") ports.log.error("oauth.withdrawal_failed", { action, resultCode });
  } catch (error) {
    ports.log.error("oauth.withdrawal_failed", { error });
  }
}
