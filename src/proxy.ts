import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "./app/_guard/content-security-policy.ts";
import { logoutFrames } from "./app/_guard/logout-frames.ts";
import { isInOtherLanguage } from "./app/_guard/other-language.ts";
import { putCookiesRight } from "./app/_guard/page-cookies.ts";
import { wantedLocales } from "./app/_guard/page-language.ts";
import { requestImages } from "./app/_guard/request-images.ts";
import { isSwitchedOff } from "./app/_guard/switched-off.ts";
import { UI_LOCALES_HEADER } from "./app/_language/ui-locales.ts";
import { catalogue } from "./server/flow/error.ts";
import { comesFromOwnPage } from "./server/http/own-page.ts";
import { pageHeaders } from "./server/http/page-headers.ts";
import { pageFormRefusal } from "./server/http/page-refusal.ts";
import { type RoutingRefusal, refusal } from "./server/http/routing-refusal.ts";
import { getServices } from "./server/services.ts";

/** Pages only: endpoints have rules of their own, and files that never change need no nonce. */
export const config = {
  matcher: "/((?!api/|oauth/|\\.well-known/|_next/static/|_next/image$|icon\\.svg$).*)",
};

const NONCE_BYTES = 16;

/**
 * Runs before every page: refuses requests from other sites and what is none of our forms, gives the answer its nonce and its headers,
 * and puts the browser's cookies right.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const services = await getServices();
  const { origin, production, trustedOrigins } = services.config;
  const headers = pageHeaders(origin);
  if (!comesFromOwnPage(request, trustedOrigins)) return refused(headers, crossSite);
  const unreadable = await pageFormRefusal(request);
  if (unreadable) return refused(headers, unreadable);
  const nonce = Buffer.from(services.random(NONCE_BYTES)).toString("base64");
  const sent = {
    url: new URL(request.url),
    header: request.headers.get("cookie"),
    acceptLanguage: request.headers.get("accept-language"),
    origin,
  };
  const asked = { ...sent, method: request.method, trustedOrigins };
  if (await isInOtherLanguage(services, request.headers, asked)) return loadWhole(headers);
  const images = await requestImages(services, sent);
  const frames = logoutFrames(services, sent);
  const policy = contentSecurityPolicy(nonce, { development: !production, images, frames });
  const cookies = await putCookiesRight(services, { header: request.headers.get("cookie"), origin });
  const from = trustedOrigins.find((trusted) => trusted === request.headers.get("origin")) ?? origin;
  const pageRequest = forwarded(request.headers, { policy, cookie: cookies.header, origin: from });
  pageRequest.delete(UI_LOCALES_HEADER);
  const uiLocales = await wantedLocales(services, sent);
  if (uiLocales !== undefined) pageRequest.set(UI_LOCALES_HEADER, uiLocales);
  const isPage =
    new URL(request.url).pathname !== LAST_RESORT && !isSwitchedOff(services, new URL(request.url));
  const response = answeredBy(request, { headers: pageRequest, isPage });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  for (const cookie of cookies.setCookies) response.headers.append("set-cookie", cookie);
  return response;
}

/**
 * What the page sees. Next compares the origin of a server action with the forwarded host, which anybody can send: here it
 * becomes the host of an origin that was found good, or of this server.
 */
function forwarded(
  received: Headers,
  { policy, cookie, origin }: { policy: string; cookie: string; origin: string },
): Headers {
  const headers = new Headers(received);
  const own = new URL(origin);
  headers.set("content-security-policy", policy);
  headers.set("cookie", cookie);
  headers.set("x-forwarded-host", own.host);
  headers.set("x-forwarded-proto", own.protocol.slice(0, -1));
  return headers;
}

/** Next has a page of its own for its last resort, and answers it with 500 to whoever asks for it: here it is no page. */
const LAST_RESORT = "/_global-error";

function answeredBy(
  { url }: NextRequest,
  { headers, isPage }: { headers: Headers; isPage: boolean },
): NextResponse {
  const request = { headers };
  return isPage
    ? NextResponse.next({ request })
    : NextResponse.rewrite(new URL("/_not-found", url), { request });
}

/** To an answer that has no parts of a page in it the router of Next goes as a link does. */
function loadWhole(headers: Record<string, string>): NextResponse {
  return new NextResponse(null, { status: 204, headers });
}

const { CROSS_SITE_REFUSED } = catalogue;
const crossSite = refusal(
  CROSS_SITE_REFUSED.status,
  `${CROSS_SITE_REFUSED.text}\n${CROSS_SITE_REFUSED.advice}`,
);

function refused(
  headers: Record<string, string>,
  { status, headers: own, text }: RoutingRefusal,
): NextResponse {
  return new NextResponse(text, { status, headers: { ...own, ...headers } });
}
