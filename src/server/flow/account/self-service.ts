import type { AttemptLimit } from "../../account/attempt-limit.ts";
import type { Passwords } from "../../account/password.ts";
import { MINIMUM_PASSWORD_LENGTH } from "../../account/password-rules.ts";
import type { AccountStore, AccountTokenStore } from "../../account/ports.ts";
import type { Outbox } from "../../mail/mail.ts";
import { TicketgateError } from "../error.ts";
import type { FlowPorts } from "../ports.ts";

/**
 * What people do with their accounts by themselves takes these. A product that has a user table of its own leaves them away: it has pages
 * of its own too.
 */
export type SelfService = {
  accounts: AccountStore;
  tokens: AccountTokenStore;
  passwords: Passwords;
  /** Absent where no mail can be sent. */
  outbox: Outbox | undefined;
  /** Counts what is mailed, by address and by caller. */
  mailAttempts: AttemptLimit;
  /** Whether people may get accounts by themselves. */
  registration: boolean;
  /** The origin of this server: mailed links lead to it, whatever a request says about its host (threat T22). */
  origin: string;
  /** How long a mailed link is good, in milliseconds. */
  linkMs: number;
};

/** How many characters a new password has at least. */
export const MINIMUM_LENGTH = MINIMUM_PASSWORD_LENGTH;

/** What is switched on at this server. */
export type Offers = { passwordChange: boolean; mail: boolean; registration: boolean };

/** Tells what people can do with their accounts by themselves. What takes mail is off where there is none. */
export function offersOf({ selfService }: Pick<FlowPorts, "selfService">): Offers {
  const mail = selfService?.outbox !== undefined;
  return {
    passwordChange: selfService !== undefined,
    mail,
    registration: mail && selfService?.registration === true,
  };
}

/** @throws TicketgateError NOT_FOUND where it is switched off. */
export function requireSelfService({ selfService }: Pick<FlowPorts, "selfService">): SelfService {
  if (!selfService) throw new TicketgateError("NOT_FOUND");
  return selfService;
}

/** @throws TicketgateError NOT_FOUND where no mail can be sent. */
export function requireMail(ports: Pick<FlowPorts, "selfService">): SelfService & { outbox: Outbox } {
  const selfService = requireSelfService(ports);
  const { outbox } = selfService;
  if (!outbox) throw new TicketgateError("NOT_FOUND");
  return { ...selfService, outbox };
}
