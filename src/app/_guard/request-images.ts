import { inLanguage } from "../../server/flow/authorization/client-language.ts";
import { requestAt } from "../../server/flow/authorization/interaction-at.ts";
import type { FlowPorts } from "../../server/flow/ports.ts";
import { cookieRules, parseCookies } from "../../server/session/cookie.ts";
import { interactionCookie } from "../../server/session/interaction.ts";
import { type PageRequest, pageLanguage } from "./page-language.ts";
import { requestNamedIn } from "./request-named-in.ts";

/** The pages that show who asks. */
const PAGES = /^\/(?:login$|consent\/|choose-account\/)/;

/**
 * The images of other servers that a page shows: the logo of the application whose request it is about, in the language of the page. Only in the browser that brought the
 * request; another page has none.
 */
export async function requestImages(ports: FlowPorts, request: PageRequest): Promise<string[]> {
  const { url, header, origin } = request;
  const handle = PAGES.test(url.pathname) ? requestNamedIn(url) : undefined;
  if (handle === undefined) return [];
  const binding = parseCookies(header).get(interactionCookie(cookieRules(origin), handle));
  // Without a logo the page is whole; what else is wrong it says itself.
  const found = await requestAt(ports, { handle, binding, sessionId: undefined }).catch(() => undefined);
  if (!found?.open) return [];
  const { logo } = inLanguage(found.open.document.client, await pageLanguage(ports, request));
  return logo === undefined ? [] : [logo];
}
