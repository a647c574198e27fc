import { currentSession } from "../../server/flow/current-session.ts";
import type { FlowPorts } from "../../server/flow/ports.ts";
import { cookieRules, parseCookies, requestCookieJar } from "../../server/session/cookie.ts";
import { isValue, newValue } from "../../server/session/value.ts";

/** The cookies of a page request, put right. */
export type PageCookies = {
  /** The `Cookie` header as the page should see it. */
  header: string;
  /** `Set-Cookie` values for the browser. */
  setCookies: string[];
};

/**
 * Sees that a browser has a pre-session cookie, to which forms are bound, and no session cookie that opens nothing: a corrupt or
 * foreign one counts as signed out.
 *
 * @param header the `Cookie` header that the browser sent.
 * @param origin the public origin of this server.
 */
export async function putCookiesRight(
  ports: FlowPorts,
  { header, origin }: { header: string | null; origin: string },
): Promise<PageCookies> {
  const rules = cookieRules(origin);
  const jar = requestCookieJar(header);
  if (!isValue(jar.get(rules.preSession)))
    jar.set(rules.preSession, newValue(ports.random), rules.attributes);
  const sessionId = jar.get(rules.session);
  if (sessionId !== undefined && (await opensNothing(ports, sessionId))) {
    jar.clear(rules.session, rules.attributes);
  }
  const names = new Set([...parseCookies(header).keys(), rules.preSession]);
  const pairs = [...names].flatMap((name) => {
    const value = jar.get(name);
    return value === undefined ? [] : [`${name}=${value}`];
  });
  return { header: pairs.join("; "), setCookies: jar.setCookies() };
}

/** When the store fails nobody knows. The cookie stays, and the page fails with a correlation id where a person sees it. */
async function opensNothing(ports: FlowPorts, sessionId: string): Promise<boolean> {
  const current = await currentSession(ports, sessionId).catch(() => undefined);
  return current?.signedIn === false;
}
