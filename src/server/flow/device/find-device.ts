import { countAttempt } from "../count-attempt.ts";
import { askingEngine } from "../engine-failure.ts";
import { TicketgateError } from "../error.ts";
import type { FlowPorts } from "../ports.ts";
import { type DeviceRequest, describeDevice } from "./device-request.ts";
import { normalisedUserCode } from "./user-code.ts";

/** Why a code leads nowhere. */
export type CodeProblem = "CODE_EMPTY" | "CODE_UNKNOWN" | "CODE_EXPIRED" | "TOO_MANY_TRIES";

/**
 * Finds what a code that somebody typed stands for. Whoever tries codes is stopped: tries count for the person and for where they
 * come from, right or wrong.
 *
 * @param by.subject who is signed in.
 * @returns the code as the engine knows it, or why it leads nowhere.
 * @throws TicketgateError ENGINE_UNAVAILABLE.
 * @see RFC 8628, sections 3.3 and 5.1
 */
export async function findDevice(
  ports: Pick<FlowPorts, "authlete" | "attempts" | "log">,
  typed: unknown,
  by: { subject: string; address: string | undefined },
): Promise<{ userCode: string } | { problem: CodeProblem }> {
  if (typeof typed !== "string" || typed.trim() === "") return { problem: "CODE_EMPTY" };
  const attempt = { username: `device ${by.subject}`, address: by.address };
  if ((await countAttempt(ports, attempt)) > 0) return { problem: "TOO_MANY_TRIES" };
  const userCode = normalisedUserCode(typed);
  const found = userCode === undefined ? "CODE_UNKNOWN" : await deviceOf(ports, userCode);
  if (typeof found !== "string" && userCode !== undefined) return { userCode };
  ports.log.warn("audit.user_code_refused", { subject: by.subject, address: by.address });
  return { problem: typeof found === "string" ? found : "CODE_UNKNOWN" };
}

/**
 * What a user code stands for.
 *
 * @param userCode as the engine knows it.
 * @throws TicketgateError ENGINE_UNAVAILABLE.
 */
export async function deviceOf(
  { authlete }: Pick<FlowPorts, "authlete">,
  userCode: string,
): Promise<DeviceRequest | "CODE_UNKNOWN" | "CODE_EXPIRED"> {
  const answer = await askingEngine(() => authlete["device/verification"]({ userCode }));
  switch (answer.action) {
    case "VALID":
      return describeDevice(answer);
    case "EXPIRED":
      return "CODE_EXPIRED";
    case "NOT_EXIST":
      return "CODE_UNKNOWN";
    case "SERVER_ERROR":
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      throw new TicketgateError("ENGINE_UNAVAILABLE", {
        detail: `device/verification: ${answer.action} ${answer.resultCode}`,
      });
  }
}
