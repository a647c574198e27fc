import { beginLogout, keepRequest, keptRequest, type LogoutOutcome } from "../flow/logout/begin-logout.ts";
import { readLogoutRequest } from "../flow/logout/logout-request.ts";
import { FORM_BODY_BYTES, requireFormType, tooLarge } from "../oauth/form-body.ts";
import { isValue, newValue } from "../session/value.ts";
import { type AuthorizationServices, answering, type Browser } from "./authorization-browser.ts";
import { explainingPage, redirectTo, seeOther } from "./authorization-response.ts";
import { BodyTooLargeError, readBody } from "./body.ts";
import type { Endpoint } from "./endpoint.ts";
import { texts } from "./logout-texts.ts";
import { methodNotAllowed } from "./reply.ts";

const PATH = "/oauth/logout";

/** Under this name a request that was posted comes back by GET. No client's parameter has it. */
const KEPT = "ticketgate_request";

/** `GET` and `POST /oauth/logout`: the logout endpoint (OpenID Connect RP-Initiated Logout 1.0, section 2). */
export function createLogoutEndpoint(services: AuthorizationServices): Endpoint {
  return async (request) => {
    const { method } = request;
    if (method !== "GET" && method !== "POST") return methodNotAllowed("GET, POST");
    return answering(services, request, async (browser) => {
      if (method === "GET") return answerGet(services, request, browser);
      const kept = keepRequest(services, await posted(request));
      if (kept === undefined) return responseOf(browser, unreadable, undefined);
      return seeOther(browser.placeFor(undefined), `${PATH}?${new URLSearchParams({ [KEPT]: kept })}`);
    });
  };
}

const unreadable: LogoutOutcome = { kind: "problem", problem: "REQUEST_UNREADABLE" };

async function answerGet(
  services: AuthorizationServices,
  { url }: Request,
  browser: Browser,
): Promise<Response> {
  const { searchParams } = new URL(url);
  const kept = searchParams.get(KEPT);
  const parameters = kept === null ? searchParams : keptRequest(services, kept);
  const request = parameters && readLogoutRequest(parameters);
  const { jar, rules } = browser;
  const cookies = { session: jar.get(rules.session), preSession: preSessionOf(services, browser) };
  const outcome = await beginLogout(services, request, cookies);
  return responseOf(browser, outcome, request?.uiLocales?.split(" "));
}

async function posted(request: Request): Promise<URLSearchParams> {
  requireFormType(request.headers.get("content-type"));
  try {
    return new URLSearchParams(await readBody(request, FORM_BODY_BYTES));
  } catch (error) {
    throw error instanceof BodyTooLargeError ? tooLarge() : error;
  }
}

/** The pages that follow are bound to a browser that may never have seen a page of ours. */
function preSessionOf({ random }: AuthorizationServices, { jar, rules }: Browser): string {
  const present = jar.get(rules.preSession);
  if (isValue(present)) return present;
  const fresh = newValue(random);
  jar.set(rules.preSession, fresh, rules.attributes);
  return fresh;
}

function responseOf(
  { jar, rules, placeFor }: Browser,
  outcome: LogoutOutcome,
  uiLocales: string[] | undefined,
): Response {
  const place = placeFor(uiLocales);
  if (outcome.kind !== "problem" && outcome.signedOut) jar.clear(rules.session, rules.attributes);
  switch (outcome.kind) {
    case "redirect":
      return redirectTo(place, outcome.location);
    case "page":
      return seeOther(place, outcome.path);
    case "problem": {
      const { problems, signOut, home } = texts[place.language];
      return explainingPage(place, 400, {
        ...problems[outcome.problem],
        ways: [
          { label: signOut, href: "/logout" },
          { label: home, href: "/" },
        ],
      });
    }
  }
}
