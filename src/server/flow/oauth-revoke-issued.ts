import type { FlowPorts } from "./ports.ts";

/**
 * Ends tokens that were issued a moment ago and that nobody must get. A failure is logged and changes nothing: they are known to nobody.
 *
 * @param accessToken the access token; its refresh token ends with it.
 */
export async function revokeIssued(
  ports: Pick<FlowPorts, "authlete" | "log">,
  accessToken: string,
): Promise<void> {
  try {
    const { count, resultCode } = await ports.authlete["auth/token/revoke"]({
      accessTokenIdentifier: accessToken,
    });
    if (count !== 1) ports.log.error("oauth.withdrawal_failed", { count, resultCode });
  } catch (error) {
    ports.log.error("oauth.withdrawal_failed", { error });
  }
}
