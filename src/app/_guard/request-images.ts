import { requestAt } from "../../server/flow/authorization/interaction-at.ts";
import type { FlowPorts } from "../../server/flow/ports.ts";
import { handleIn } from "../../server/http/interaction-path.ts";
import { cookieRules, parseCookies } from "../../server/session/cookie.ts";
import { interactionCookie } from "../../server/session/interaction.ts";

const PAGES = /^\/(?:consent|choose-account)\/(?<handle>[\w-]{43})$/;

/**
 * The images of other servers that a page shows: the logo of the application whose request it is about. Only in the browser that brought the
 * request; another page has none.
 *
 * @param request.header the `Cookie` header.
 */
export async function requestImages(
  ports: FlowPorts,
  { url, header, origin }: { url: URL; header: string | null; origin: string },
): Promise<string[]> {
  const handle =
    PAGES.exec(url.pathname)?.groups?.handle ??
    (url.pathname === "/login" ? handleIn(url.searchParams.get("next") ?? "") : undefined);
  if (handle === undefined) return [];
  const binding = parseCookies(header).get(interactionCookie(cookieRules(origin), handle));
  // Without a logo the page is whole; what else is wrong it says itself.
  const found = await requestAt(ports, { handle, binding, sessionId: undefined }).catch(() => undefined);
  const logo = found?.open?.document.client.logo;
  return logo === undefined ? [] : [logo];
}
