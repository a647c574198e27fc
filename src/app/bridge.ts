import "server-only";
import { headers } from "next/headers";
import type { LanguageWishes } from "../language/choose-language.ts";
import { browserAccessToken } from "../server/flow/browser-access-token.ts";
import { type ErrorCode, type PublicError, TicketgateError } from "../server/flow/error.ts";
import { callerAddress } from "../server/http/caller-address.ts";
import { getServices } from "../server/services.ts";
import { cookieRules } from "../server/session/cookie.ts";
import {
  consumeFormToken as consume,
  createFormToken,
  type FormPurpose,
} from "../server/session/form-token.ts";
import { browserContext, newCorrelationId } from "../server/trpc/context.ts";
import { publicError, ticketgateError } from "../server/trpc/public-error.ts";
import { createCaller } from "../server/trpc/router.ts";
import { actionJar, atRequest, PageError, pageJar, preSessionOf } from "./_bridge/at-request.ts";
import { cameFrom } from "./_language/came-from.ts";
import type { Language } from "./_language/language.ts";
import { UI_LOCALES_HEADER } from "./_language/ui-locales.ts";

/** Calls procedures as the browser that sent this request. */
export type BrowserCaller = ReturnType<typeof createCaller>;

type CurrentSession = Awaited<ReturnType<BrowserCaller["session"]["current"]>>;

/** What a page knows of the session of its browser. */
export type SignedInSession = Extract<CurrentSession, { signedIn: true }>;

/** The address that this request comes from, where a proxy in front says it. */
export async function browserAddress(): Promise<string | undefined> {
  const sent = await headers();
  const { config } = await getServices();
  return callerAddress(sent, config.addressHeader);
}

/** The caller for server actions. What procedures do with cookies goes to the browser. */
export async function browserCaller(): Promise<BrowserCaller> {
  const [[services, store], address] = await Promise.all([atRequest(), browserAddress()]);
  return createCaller(browserContext(services, { cookies: actionJar(store), address }));
}

/** Who is signed in at this browser. For pages: nothing is written. */
export async function currentSession(): Promise<CurrentSession> {
  const [services, store] = await atRequest();
  try {
    return await createCaller(browserContext(services, { cookies: pageJar(store) })).session.current();
  } catch (error) {
    throw new PageError(publicError(error));
  }
}

/** Whether somebody is signed in at this browser. */
export async function isSignedIn(): Promise<boolean> {
  return (await currentSession()).signedIn;
}

/**
 * The session of the browser that sent this request, for server code: pages, server actions and route handlers. It is no procedure:
 * nothing that a browser can call leads here.
 */
export const session = {
  /**
   * The access token of who is signed in, good for half a minute or more, to call a resource server with. It shows as `[secret]`
   * wherever it strays, and React does not send it to a browser: `reveal()` gives the value for the one header that needs it.
   *
   * @throws TicketgateError UNAUTHORIZED when nobody is signed in; ENGINE_UNAVAILABLE.
   */
  async accessToken(): ReturnType<typeof browserAccessToken> {
    const [services, store] = await atRequest();
    const id = pageJar(store).get(cookieRules(services.config.origin).session);
    return browserAccessToken(services, id, { sleep });
  },
};

/** A token for a form on this page: good for half an hour, once, from this browser. */
export async function makeFormToken(purpose: FormPurpose): Promise<string> {
  const [services, store] = await atRequest();
  const preSession = preSessionOf(services, store);
  if (preSession === undefined)
    throw new TicketgateError("INTERNAL_ERROR", { detail: "no pre-session cookie" });
  return createFormToken(services, purpose, preSession);
}

/** Uses the token of a form that was sent; tells whether it was good. */
export async function consumeFormToken(purpose: FormPurpose, token: string): Promise<boolean> {
  const [services, store] = await atRequest();
  return consume(services, purpose, { token, preSession: preSessionOf(services, store) });
}

/** Whether a script of ours sent this request: it then goes on by itself where a form would be answered with a redirect. */
export async function isSentByScript(): Promise<boolean> {
  return (await headers()).has("next-action");
}

/** What may be shown of a failure: of a code of the catalogue, or of whatever a procedure threw. */
export function publicErrorOf(failure: { code: ErrorCode } | { thrown: unknown }): PublicError {
  return publicError("code" in failure ? new TicketgateError(failure.code) : failure.thrown);
}

/**
 * What may be shown of whatever a use case threw, with a correlation id where it is a failure of ours, which then stands in the log.
 *
 * @param path what was under way.
 */
export async function failureOf(thrown: unknown, path: string): Promise<PublicError> {
  const { log, random } = await getServices();
  const error = ticketgateError(thrown);
  const { status } = publicError(error);
  if (status < 500) return publicError(error);
  error.correlationId ??= newCorrelationId({ random });
  const { code: errorCode, detail, cause, correlationId } = error;
  log.error("page.failed", { path, errorCode, detail, correlationId, cause });
  return publicError(error);
}

/** The demo user of a development checkout; nobody in production. */
export async function demoUser(): Promise<{ username: string; password: string } | undefined> {
  const { config, demoUser: user } = await getServices();
  return config.production || !user ? undefined : { username: user.username, password: user.password };
}

/** Milliseconds since the epoch on the server's clock. */
export async function serverTime(): Promise<number> {
  const { clock } = await getServices();
  return clock();
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** What the browser that sent this request says about languages: `requestLanguage` chooses. */
export async function languageWishes(): Promise<LanguageWishes> {
  const [[{ config }, store], sent] = await Promise.all([atRequest(), headers()]);
  return {
    uiLocales: sent.get(UI_LOCALES_HEADER),
    cookie: store.get(cookieRules(config.origin).language)?.value,
    acceptLanguage: sent.get("accept-language"),
  };
}

/** Has this browser remember the language that somebody chose. For server actions. */
export async function keepLanguage(language: Language): Promise<void> {
  const [{ config }, store] = await atRequest();
  const rules = cookieRules(config.origin);
  store.set(rules.language, language, { ...rules.attributes, maxAge: YEAR_SECONDS });
}

/** The path of the page of ours from which this request came, in the language that somebody chose there; `/` when it says none. */
export async function pathCameFrom(language?: Language): Promise<string> {
  const sent = await headers();
  const { config } = await getServices();
  return cameFrom(sent.get("referer"), config.trustedOrigins, language);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
