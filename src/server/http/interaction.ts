import { z } from "zod";
import { continueRequest } from "../flow/authorization/continue-request.ts";
import { decideRequest, decisions } from "../flow/authorization/decide-request.ts";
import type { Outcome, RequestPage } from "../flow/authorization/outcome.ts";
import { FORM_BODY_BYTES, parseFormBody, requireFormType } from "../oauth/form-body.ts";
import { interactionCookie } from "../session/interaction.ts";
import { type AuthorizationServices, answering, type Browser } from "./authorization-browser.ts";
import { formPage, handOver, problemPage, responseAfterForm, seeOther } from "./authorization-response.ts";
import { readBody } from "./body.ts";
import type { Endpoint } from "./endpoint.ts";
import { handleIn, interactionPath } from "./interaction-path.ts";
import { comesFromOwnPage } from "./own-page.ts";
import { methodNotAllowed } from "./reply.ts";

/**
 * `GET /oauth/interaction/{handle}` goes on with an authorization request: to a page, or to its end. `POST` takes what a person decided on
 * such a page.
 */
export function createInteractionEndpoint(services: AuthorizationServices): Endpoint {
  return async (request) => {
    const { method } = request;
    if (method !== "GET" && method !== "POST") return methodNotAllowed("GET, POST");
    return answering(services, request, async (browser) => {
      const outcome =
        method === "GET"
          ? await continueRequest(services, browserAt(request, browser))
          : await takeDecision(services, request, browser);
      return responseOf(browser, outcome, enforcesPolicies(request));
    });
  };
}

/** Whoever tells how it fetches is a browser of the kind that holds a page's policy against what follows its form. */
function enforcesPolicies({ headers }: Request): boolean {
  return headers.has("sec-fetch-mode") || headers.has("sec-fetch-site");
}

function browserAt({ url }: Request, { jar, rules }: Browser) {
  const handle = handleIn(new URL(url).pathname) ?? "";
  return {
    handle,
    binding: jar.get(interactionCookie(rules, handle)),
    sessionId: jar.get(rules.session),
  };
}

const formSchema = z.strictObject({ decision: z.enum(decisions), form_token: z.string() });

async function takeDecision(
  services: AuthorizationServices,
  request: Request,
  browser: Browser,
): Promise<Outcome> {
  if (!comesFromOwnPage(request, services.config.trustedOrigins)) {
    return { kind: "problem", problem: "FOREIGN_FORM" };
  }
  const at = browserAt(request, browser);
  requireFormType(request.headers.get("content-type"));
  const { parameters } = parseFormBody(await readBody(request, FORM_BODY_BYTES));
  const form = formSchema.safeParse(Object.fromEntries(parameters)).data;
  // What is none of our forms decides nothing.
  if (!form) return continueRequest(services, at);
  const { decision, form_token: formToken } = form;
  const preSession = browser.jar.get(browser.rules.preSession);
  return decideRequest(services, { ...at, decision, formToken, preSession });
}

function responseOf(browser: Browser, outcome: Outcome, policies: boolean): Response {
  const place = browser.placeFor("uiLocales" in outcome ? outcome.uiLocales : undefined);
  switch (outcome.kind) {
    case "redirect":
      return policies ? handOver(place, outcome) : responseAfterForm(place, outcome.location);
    case "form":
      return formPage(place, outcome.html);
    case "problem":
      return problemPage(place, outcome);
    case "begun":
      return seeOther(place, interactionPath(outcome.handle));
    case "page":
      return seeOther(place, pagePath(outcome.page, outcome));
  }
}

/** The page for each step. Those of an account do not know of requests: they come back here. */
function pagePath(page: RequestPage, request: { handle: string; uiLocales: readonly string[] }): string {
  const { handle, uiLocales } = request;
  const next = interactionPath(handle);
  const words: Record<string, string> = uiLocales.length > 0 ? { ui_locales: uiLocales.join(" ") } : {};
  switch (page) {
    case "sign-in":
      return `/login?${new URLSearchParams({ next, ...words })}`;
    case "register":
      return `/register?${new URLSearchParams({ next, ...words })}`;
    case "choose-account":
      return withQuery(`/choose-account/${handle}`, words);
    case "consent":
      return withQuery(`/consent/${handle}`, words);
    case "resume":
      return next;
  }
}

function withQuery(path: string, words: Record<string, string>): string {
  const query = new URLSearchParams(words).toString();
  return query === "" ? path : `${path}?${query}`;
}
