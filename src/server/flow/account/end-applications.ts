import type { FlowPorts } from "../ports.ts";

/**
 * Ends every token of a person, at every application: refresh tokens too, which sign-outs leave alone. That it failed is in the log: the
 * tokens live on then until they expire.
 *
 * @returns how many tokens ended; `undefined` when the engine did not say so.
 */
export async function endApplications(
  { authlete, log }: Pick<FlowPorts, "authlete" | "log">,
  subject: string,
): Promise<number | undefined> {
  try {
    const { count = 0 } = await authlete["auth/token/revoke"]({ subject });
    log.info("audit.applications_ended", { subject, tokens: count });
    return count;
  } catch (error) {
    log.error("account.tokens_not_revoked", { subject, error });
    return undefined;
  }
}
