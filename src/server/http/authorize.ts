import { authorize } from "../flow/authorization/authorize.ts";
import type { Outcome } from "../flow/authorization/outcome.ts";
import {
  FORM_BODY_BYTES,
  type FormBody,
  parseFormBody,
  requireFormType,
  tooLarge,
} from "../oauth/form-body.ts";
import { interactionCookie, interactionCookieSeconds } from "../session/interaction.ts";
import { type AuthorizationServices, answering, type Browser } from "./authorization-browser.ts";
import { formPage, problemPage, redirectTo, seeOther } from "./authorization-response.ts";
import { BodyTooLargeError, readBody } from "./body.ts";
import type { Endpoint } from "./endpoint.ts";
import { withoutOldest } from "./interaction-cookies.ts";
import { interactionPath } from "./interaction-path.ts";
import { methodNotAllowed } from "./reply.ts";

/** `GET` and `POST /oauth/authorize`: the authorization endpoint (RFC 6749 section 3.1, OIDC Core 3.1.2.1). */
export function createAuthorizeEndpoint(services: AuthorizationServices): Endpoint {
  return async (request) => {
    const { method } = request;
    if (method !== "GET" && method !== "POST") return methodNotAllowed("GET, POST");
    return answering(services, request, async (browser) => {
      const form = await readRequest(request);
      const sessionId = browser.jar.get(browser.rules.session);
      const outcome = await authorize(services, { form, sessionId, carriesSession: method === "GET" });
      return responseOf(services, browser, outcome);
    });
  };
}

/** @throws OAuthError invalid_request for what is repeated, too long or no form in UTF-8 (RFC 6749 3.1). */
async function readRequest(request: Request): Promise<FormBody> {
  if (request.method === "POST") {
    requireFormType(request.headers.get("content-type"));
    return parseFormBody(await readText(request));
  }
  const query = new URL(request.url).search.slice(1);
  if (query.length > FORM_BODY_BYTES) throw tooLarge();
  return parseFormBody(query);
}

async function readText(request: Request): Promise<string> {
  try {
    return await readBody(request, FORM_BODY_BYTES);
  } catch (error) {
    throw error instanceof BodyTooLargeError ? tooLarge() : error;
  }
}

function responseOf(services: AuthorizationServices, browser: Browser, outcome: Outcome): Response {
  const place = browser.placeFor("uiLocales" in outcome ? outcome.uiLocales : undefined);
  switch (outcome.kind) {
    case "redirect":
      return redirectTo(place, outcome.location);
    case "form":
      return formPage(place, outcome.html);
    case "problem":
      return problemPage(place, outcome);
    case "begun": {
      const { rules, jar } = browser;
      const maxAge = interactionCookieSeconds(services.settings);
      for (const name of withoutOldest(browser.cookieHeader, rules.interactionPrefix))
        jar.clear(name, rules.attributes);
      jar.set(interactionCookie(rules, outcome.handle), outcome.binding, { ...rules.attributes, maxAge });
      return seeOther(place, interactionPath(outcome.handle));
    }
    case "page":
      return seeOther(place, interactionPath(outcome.handle));
  }
}
