import { chooseLanguage } from "../../language/choose-language.ts";
import { requestAt } from "../../server/flow/authorization/interaction-at.ts";
import type { FlowPorts } from "../../server/flow/ports.ts";
import { cookieRules, parseCookies } from "../../server/session/cookie.ts";
import { interactionCookie } from "../../server/session/interaction.ts";
import type { Language } from "../_language/language.ts";
import { readableTags, uiLocalesOf } from "../_language/ui-locales.ts";
import { requestNamedIn } from "./request-named-in.ts";

/** What a browser sent with the request of a page. `header` is the `Cookie` header, `acceptLanguage` the one of that name. */
export type PageRequest = { url: URL; header: string | null; acceptLanguage: string | null; origin: string };

/**
 * The languages that an application wants a page in: those of its address, else those of the authorization request that the page stands on
 * the way of, as long as this browser is told of it. This is the one place that knows: `src/proxy.ts` hands it to the whole page.
 *
 * @returns `ui_locales`; `undefined` where nobody asks for any.
 * @see OpenID Connect Core 1.0, section 3.1.2.1
 */
export async function wantedLocales(
  ports: FlowPorts,
  { url, header, origin }: Pick<PageRequest, "url" | "header" | "origin">,
): Promise<string | undefined> {
  const own = uiLocalesOf(url);
  const handle = own === undefined ? requestNamedIn(url) : undefined;
  if (handle === undefined) return own;
  const binding = parseCookies(header).get(interactionCookie(cookieRules(origin), handle));
  // In any language a page is whole; what else is wrong it says itself.
  const found = await requestAt(ports, { handle, binding, sessionId: undefined }).catch(() => undefined);
  if (!found) return undefined;
  const locales = found.open
    ? found.open.document.uiLocales
    : found.outcome.kind === "problem"
      ? found.outcome.uiLocales
      : undefined;
  return readableTags(locales?.join(" "));
}

/** The language of a page, for those who decide about it before it is made. */
export async function pageLanguage(ports: FlowPorts, request: PageRequest): Promise<Language> {
  const { header, acceptLanguage, origin } = request;
  return chooseLanguage({
    uiLocales: await wantedLocales(ports, request),
    cookie: parseCookies(header).get(cookieRules(origin).language),
    acceptLanguage,
  });
}
