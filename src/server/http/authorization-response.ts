import type { Language } from "../../language/language.ts";
import { inLanguage } from "../flow/authorization/client-language.ts";
import type { Outcome, Problem } from "../flow/authorization/outcome.ts";
import { texts } from "./authorization-texts.ts";
import { formPostPolicy } from "./form-post-policy.ts";
import { type PlainPage, plainPage, plainPagePolicy } from "./html/page.ts";
import { pageHeaders } from "./page-headers.ts";
import { createResponse } from "./response.ts";

const statuses = {
  REQUEST_REFUSED: 400,
  REQUEST_USED: 400,
  REQUEST_UNKNOWN: 400,
  REQUEST_OVER: 410,
  REQUEST_EXPIRED: 410,
  REQUEST_FAILED: 400,
  FOREIGN_FORM: 403,
  UNAVAILABLE: 503,
  FAULT: 500,
} as const satisfies Record<Problem, number>;

/** Where answers are put together: the public origin, and the language of the person. */
export type Place = { origin: string; language: Language };

/** Sends the browser on with GET, whatever it came with: a form with a password in it goes nowhere else (RFC 9700 4.12). */
export function seeOther({ origin }: Place, location: string): Response {
  return createResponse(null, {
    status: 303,
    headers: { ...pageHeaders(origin), "cache-control": "no-store", location },
  });
}

/**
 * The response of an authorization request at once: nobody has filled in a form of ours on the way, so no policy of ours holds for where
 * it leads.
 */
export function redirectTo({ origin }: Place, location: string): Response {
  return createResponse(null, {
    status: 302,
    headers: { ...privateHeaders(origin), pragma: "no-cache", location },
  });
}

/** The response of an authorization request after a form of ours, for whoever knows no `form-action`: on with GET (RFC 9700 4.12). */
export function responseAfterForm({ origin }: Place, location: string): Response {
  return createResponse(null, {
    status: 303,
    headers: { ...privateHeaders(origin), pragma: "no-cache", location },
  });
}

/**
 * The response of an authorization request after a form of ours. Chromium holds a page's `form-action` against every redirect that
 * follows its form, those of the client too, which nobody here knows. So the form ends here, at a page, and the page leads on.
 *
 * @see Content Security Policy Level 3, section 6.4.1; RFC 6749, section 1.7
 */
export function handOver(
  { origin, language }: Place,
  { location, client }: Extract<Outcome, { kind: "redirect" }>,
): Response {
  const words = texts[language];
  const body = plainPage({
    language,
    ...words.handOver(client && inLanguage(client, language).name),
    ways: [{ label: words.goOn, href: location }],
  });
  return html(200, body, {
    ...privateHeaders(origin),
    "content-security-policy": plainPagePolicy,
    refresh: `0;url=${location}`,
  });
}

/** The engine's page that sends a response by POST (OAuth 2.0 Form Post Response Mode). */
export function formPage({ origin }: Place, page: string): Response {
  return html(200, page, { ...privateHeaders(origin), "content-security-policy": formPostPolicy });
}

/** A page that explains, and offers the ways on that are known to be safe. */
export function problemPage(
  { origin, language }: Place,
  { problem, client, correlationId, error }: Extract<Outcome, { kind: "problem" }>,
): Response {
  const words = texts[language];
  const printed = [
    { label: words.error, value: error?.error },
    { label: words.reason, value: error?.description },
    { label: words.correlationId, value: correlationId },
  ].flatMap(({ label, value }) => (value === undefined ? [] : [{ label, value }]));
  const from = client && inLanguage(client, language);
  const back = from?.home === undefined ? [] : [{ label: words.backTo(from.name), href: from.home }];
  const body = plainPage({
    language,
    ...words.problems[problem],
    printed,
    ways: [...back, { label: words.home, href: "/" }],
  });
  return html(statuses[problem], body, {
    ...privateHeaders(origin),
    "content-security-policy": plainPagePolicy,
    ...(problem === "UNAVAILABLE" ? { "retry-after": "5" } : {}),
  });
}

/** A page that explains something, and is kept nowhere. */
export function explainingPage(
  { origin, language }: Place,
  status: number,
  page: Omit<PlainPage, "language">,
): Response {
  return html(status, plainPage({ language, ...page }), {
    ...privateHeaders(origin),
    "content-security-policy": plainPagePolicy,
  });
}

/** Of what has a response for a client in it nobody else learns anything. */
function privateHeaders(origin: string): Record<string, string> {
  return { ...pageHeaders(origin), "cache-control": "no-store", "referrer-policy": "no-referrer" };
}

function html(status: number, body: string, headers: Record<string, string>): Response {
  return createResponse(body, {
    status,
    headers: { ...headers, "content-type": "text/html; charset=utf-8" },
  });
}
