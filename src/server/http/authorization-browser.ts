import { chooseLanguage } from "../../language/choose-language.ts";
import { EngineError } from "../authlete/error.ts";
import type { Outcome } from "../flow/authorization/outcome.ts";
import { newCorrelationId } from "../flow/correlation.ts";
import type { FlowPorts } from "../flow/ports.ts";
import { OAuthError } from "../oauth/error.ts";
import { type CookieJar, type CookieRules, cookieRules, requestCookieJar } from "../session/cookie.ts";
import { type Place, problemPage } from "./authorization-response.ts";

/** What the endpoints work with that answer people. */
export type AuthorizationServices = FlowPorts & {
  config: { origin: string; trustedOrigins: readonly string[] };
};

/** The browser of one request: its cookies, and the language of who sits there. */
export type Browser = {
  rules: CookieRules;
  jar: CookieJar;
  cookieHeader: string | null;
  /** Where answers are put together, in the first of these languages that is one of ours, else the person's own. */
  placeFor(uiLocales: readonly string[] | undefined): Place;
};

/**
 * Answers a person. What goes wrong becomes a page: what the sender did wrong, an engine that cannot be asked, and a fault, of which only a
 * correlation id is shown.
 */
export async function answering(
  services: AuthorizationServices,
  { headers }: Request,
  answer: (browser: Browser) => Promise<Response>,
): Promise<Response> {
  const { origin } = services.config;
  const rules = cookieRules(origin);
  const cookieHeader = headers.get("cookie");
  const jar = requestCookieJar(cookieHeader);
  const placeFor = (uiLocales: readonly string[] | undefined): Place => ({
    origin,
    language: chooseLanguage({
      uiLocales: uiLocales?.join(" "),
      cookie: jar.get(rules.language),
      acceptLanguage: headers.get("accept-language"),
    }),
  });
  const response = await answer({ rules, jar, cookieHeader, placeFor }).catch((error: unknown) =>
    problemPage(placeFor(undefined), problemOf(services, error)),
  );
  for (const cookie of jar.setCookies()) response.headers.append("set-cookie", cookie);
  return response;
}

function problemOf(services: AuthorizationServices, error: unknown): Extract<Outcome, { kind: "problem" }> {
  if (error instanceof OAuthError) {
    const { error: code, description } = error;
    return { kind: "problem", problem: "REQUEST_REFUSED", error: { error: code, description } };
  }
  const correlationId = newCorrelationId(services);
  const problem = error instanceof EngineError ? "UNAVAILABLE" : "FAULT";
  services.log.error("authorization.failed", { problem, correlationId, error });
  return { kind: "problem", problem, correlationId };
}
