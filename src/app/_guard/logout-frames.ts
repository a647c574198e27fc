import { SIGNED_OUT_PATH } from "../../server/flow/logout/paths.ts";
import { resultStep } from "../../server/flow/logout/sealed.ts";
import type { FlowPorts } from "../../server/flow/ports.ts";
import { openStep } from "../../server/flow/sealed-step.ts";
import { cookieRules, parseCookies } from "../../server/session/cookie.ts";

/**
 * The origins that a page loads in frames: those of the clients that hear of a logout there, on the page that says that somebody is
 * signed out, and none anywhere else.
 *
 * @param sent.header the `Cookie` header.
 * @param sent.origin the public origin of this server.
 * @see OpenID Connect Front-Channel Logout 1.0, section 3
 */
export function logoutFrames(
  ports: Pick<FlowPorts, "keyring" | "clock">,
  { url, header, origin }: { url: URL; header: string | null; origin: string },
): string[] {
  const { pathname, searchParams } = url;
  if (pathname !== SIGNED_OUT_PATH) return [];
  const browser = parseCookies(header).get(cookieRules(origin).preSession);
  const result = openStep(ports, resultStep, { sealed: searchParams.get("result"), browser });
  return [...new Set((result?.frames ?? []).map((frame) => new URL(frame).origin))];
}
