import { inLanguage } from "../../server/flow/authorization/client-language.ts";
import { requestAt } from "../../server/flow/authorization/interaction-at.ts";
import type { FlowPorts } from "../../server/flow/ports.ts";
import { handleIn } from "../../server/http/interaction-path.ts";
import { cookieRules, parseCookies } from "../../server/session/cookie.ts";
import { interactionCookie } from "../../server/session/interaction.ts";
import { type PageRequest, pageLanguage } from "./page-language.ts";

const PAGES = /^\/(?:consent|choose-account)\/(?<handle>[\w-]{43})$/;

/**
 * The images of other servers that a page shows: the logo of the application whose request it is about, in the language of the page. Only in the browser that brought the
 * request; another page has none.
 */
export async function requestImages(ports: FlowPorts, request: PageRequest): Promise<string[]> {
  const { url, header, origin } = request;
  const handle =
    PAGES.exec(url.pathname)?.groups?.handle ??
    (url.pathname === "/login" ? handleIn(url.searchParams.get("next") ?? "") : undefined);
  if (handle === undefined) return [];
  const rules = cookieRules(origin);
  const cookies = parseCookies(header);
  const binding = cookies.get(interactionCookie(rules, handle));
  // Without a logo the page is whole; what else is wrong it says itself.
  const found = await requestAt(ports, { handle, binding, sessionId: undefined }).catch(() => undefined);
  if (!found?.open) return [];
  const { logo } = inLanguage(found.open.document.client, await pageLanguage(ports, request));
  return logo === undefined ? [] : [logo];
}
