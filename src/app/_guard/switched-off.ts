import { offersOf } from "../../server/flow/account/self-service.ts";
import type { FlowPorts } from "../../server/flow/ports.ts";
import { handleIn } from "../../server/http/interaction-path.ts";

/** What decides which pages there are. */
export type SwitchedServices = Pick<FlowPorts, "selfService" | "secondFactors"> & { mailbox: unknown };

/**
 * Tells whether a page is not there in this configuration. A page can say so itself, but what Next makes of that is empty without
 * JavaScript, so nobody gets that far.
 *
 * @param url of the page. `/register` leads a person on whom an application has sent there, whatever is switched off.
 */
export function isSwitchedOff(services: SwitchedServices, { pathname, searchParams }: URL): boolean {
  const { mail, registration } = offersOf(services);
  if (pathname === "/register")
    return !registration && handleIn(searchParams.get("next") ?? "") === undefined;
  if (/^\/register\//.test(pathname)) return !registration;
  if (/^\/(?:reset|verify)(?:\/|$)/.test(pathname)) return !mail;
  if (/^(?:\/account)?\/second-factor(?:\/|$)/.test(pathname)) return services.secondFactors === undefined;
  if (pathname === "/development/mail") return services.mailbox === undefined;
  return false;
}
