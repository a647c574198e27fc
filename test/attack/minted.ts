import type { AttackedGate } from "../support/naive/gate.ts";

/** Members of what the engine is asked and answers that are worth something to who has them. */
const SECRET =
  /^(ticket|accessToken|refreshToken|jwtAccessToken|idToken|clientSecret|access_token|refresh_token|id_token)$/;

/** Decides about an answer of the engine before it is given to whoever asked. */
export type Change = (answer: Record<string, unknown>) => Record<string, unknown>;

/**
 * Listens to the engine from now on.
 *
 * @param change what the engine says instead.
 * @returns every secret that it gave or got, as it comes.
 */
export function listenForSecrets(
  gate: Pick<AttackedGate, "intercept">,
  change: Change = (same) => same,
): Set<string> {
  const secrets = new Set<string>();
  gate.intercept(async ({ request }, send) => {
    note(secrets, request);
    const answer = change((await send()) as Record<string, unknown>);
    note(secrets, answer);
    return answer;
  });
  return secrets;
}

function note(secrets: Set<string>, message: unknown): void {
  if (typeof message !== "object" || message === null) return;
  for (const [name, value] of Object.entries(message)) {
    if (typeof value === "object") note(secrets, value);
    else if (typeof value !== "string") continue;
    else if (SECRET.test(name)) secrets.add(value);
    else if (name === "responseContent" && value.startsWith("{")) note(secrets, JSON.parse(value));
  }
}
