import "server-only";
import { cookies, headers } from "next/headers";
import { chooseLanguage, type LanguageWishes } from "../language/choose-language.ts";
import { inLanguage } from "../server/flow/authorization/client-name.ts";
import { type Granted, grantedBefore, needsConsent } from "../server/flow/authorization/consent.ts";
import { type Decision, decisionPurpose } from "../server/flow/authorization/decide-request.ts";
import { requestAt } from "../server/flow/authorization/interaction-at.ts";
import type { Step } from "../server/flow/authorization/next-step.ts";
import type { ShownRequest } from "../server/flow/authorization/request-document.ts";
import { type SignedIn, signedInAt } from "../server/flow/authorization/signed-in.ts";
import {
  backchannelRequestsOf,
  decideBackchannelRequest,
  type WaitingBackchannelRequest,
} from "../server/flow/backchannel/decide.ts";
import { browserAccessToken } from "../server/flow/browser-access-token.ts";
import {
  type DeviceDecision,
  type DeviceOutcome,
  decideDevice,
} from "../server/flow/device/decide-device.ts";
import type { DeviceRequest } from "../server/flow/device/device-request.ts";
import { type CodeProblem, deviceOf, findDevice } from "../server/flow/device/find-device.ts";
import { codeStep, outcomeStep } from "../server/flow/device/steps.ts";
import { askingEngine } from "../server/flow/engine-failure.ts";
import { type ErrorCode, type PublicError, TicketgateError } from "../server/flow/error.ts";
import { confirmLogout } from "../server/flow/logout/confirm-logout.ts";
import {
  type LogoutQuestion,
  type LogoutResult,
  questionStep,
  resultStep,
} from "../server/flow/logout/sealed.ts";
import { openStep, sealStep } from "../server/flow/sealed-step.ts";
import { callerAddress } from "../server/http/caller-address.ts";
import { getServices, type Services } from "../server/services.ts";
import { type CookieJar, cookieRules } from "../server/session/cookie.ts";
import {
  consumeFormToken as consume,
  createFormToken,
  type FormPurpose,
} from "../server/session/form-token.ts";
import { interactionCookie } from "../server/session/interaction.ts";
import { browserContext, newCorrelationId } from "../server/trpc/context.ts";
import { publicError, ticketgateError } from "../server/trpc/public-error.ts";
import { createCaller } from "../server/trpc/router.ts";
import { cameFrom } from "./_language/came-from.ts";
import type { Language } from "./_language/language.ts";
import { UI_LOCALES_HEADER } from "./_language/ui-locales.ts";

/** Calls procedures as the browser that sent this request. */
export type BrowserCaller = ReturnType<typeof createCaller>;

type CurrentSession = Awaited<ReturnType<BrowserCaller["session"]["current"]>>;

/** What a page knows of the session of its browser. */
export type SignedInSession = Extract<CurrentSession, { signedIn: true }>;

type CookieStore = Awaited<ReturnType<typeof cookies>>;

/** A page could not be made. Next shows the digest of an error and nothing else of it: here it is the correlation id. */
class PageError extends Error {
  readonly digest: string | undefined;

  constructor({ text, correlationId }: PublicError) {
    super(text);
    this.name = "PageError";
    this.digest = correlationId;
  }
}

/**
 * The services and the cookies of a request. The cookies first: while pages are built there is no request, which ends the page there, and no
 * configuration either, which would be an error.
 */
async function atRequest() {
  const store = await cookies();
  return [await getServices(), store] as const;
}

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

/** An authorization request that waits at this browser. What it holds is for the server: a page shows parts of it. */
export type WaitingRequest = { handleHash: string; document: ShownRequest; step: Step };

/**
 * The authorization request of a handle, and what comes next in it.
 *
 * @returns `undefined` when nothing can be done with it here: `/oauth/interaction/{handle}` says why.
 */
export async function waitingRequest(handle: string): Promise<WaitingRequest | undefined> {
  const [services, store] = await atRequest();
  const rules = cookieRules(services.config.origin);
  const jar = pageJar(store);
  const found = await requestAt(services, {
    handle,
    binding: jar.get(interactionCookie(rules, handle)),
    sessionId: jar.get(rules.session),
  });
  if (!found.open || found.open.document.silent) return undefined;
  const { interaction, document, step } = found.open;
  const { ticket: _, ...shown } = document;
  const client = inLanguage(shown.client, chooseLanguage(await languageWishes()));
  return { handleHash: interaction.handleHash, document: { ...shown, client }, step };
}

/** Whether somebody has to be asked, and what they granted to the client of a request before. */
export async function earlierConsent(
  { document }: WaitingRequest,
  subject: string,
): Promise<{ asked: false } | { asked: true; granted: Granted }> {
  const services = await getServices();
  try {
    const granted = await askingEngine(() => grantedBefore(services, document, subject));
    return needsConsent(services, document, granted) ? { asked: true, granted } : { asked: false };
  } catch (error) {
    throw new PageError(publicError(error));
  }
}

/**
 * A token for a form with one button about an authorization request.
 *
 * @param subject who decides; not looked at for the form that only leaves.
 */
export async function makeDecisionToken(
  { handleHash }: WaitingRequest,
  decision: Decision,
  subject?: string,
): Promise<string> {
  return makeFormToken(decisionPurpose({ handleHash, decision, subject }));
}

/**
 * The requests of other devices that wait for who is signed in at this browser.
 *
 * @returns `undefined` when nobody is signed in.
 */
export async function waitingBackchannelRequests(): Promise<
  { signedIn: SignedIn; requests: WaitingBackchannelRequest[] } | undefined
> {
  const [services, signedIn] = await Promise.all([getServices(), signedInHere()]);
  return signedIn && { signedIn, requests: await backchannelRequestsOf(services, signedIn.subject) };
}

/**
 * Decides about a request of another device, as who is signed in at this browser.
 *
 * @returns whether there was one to decide about.
 * @throws TicketgateError ENGINE_UNAVAILABLE.
 */
export async function decideBackchannel({ id, allow }: { id: string; allow: boolean }): Promise<boolean> {
  const [services, signedIn] = await Promise.all([getServices(), signedInHere()]);
  return signedIn !== undefined && decideBackchannelRequest(services, { id, signedIn, allow });
}

async function signedInHere(): Promise<SignedIn | undefined> {
  const [services, store] = await atRequest();
  return signedInAt(services, pageJar(store).get(cookieRules(services.config.origin).session));
}

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

/**
 * Ends the session of this browser. For server actions.
 *
 * @param question what the person was asked, as it stood in the page's address.
 * @returns the path of the page to show.
 */
export async function signOutHere(question?: unknown): Promise<string> {
  const [services, store] = await atRequest();
  const rules = cookieRules(services.config.origin);
  const jar = actionJar(store);
  const session = jar.get(rules.session);
  jar.clear(rules.session, rules.attributes);
  return confirmLogout(services, { question, session, preSession: preSessionOf(services, store) });
}

/** What an application asks a person who is to sign out; `undefined` when the address says nothing that this browser was sent. */
export async function logoutQuestion(sealed: unknown): Promise<LogoutQuestion | undefined> {
  const [services, store] = await atRequest();
  return openStep(services, questionStep, { sealed, browser: preSessionOf(services, store) });
}

/** What there is to say and to load after a logout; `undefined` like above. */
export async function logoutResult(sealed: unknown): Promise<LogoutResult | undefined> {
  const [services, store] = await atRequest();
  return openStep(services, resultStep, { sealed, browser: preSessionOf(services, store) });
}

/** A code of a device that the person at this browser has entered, and what it stands for. */
export type EnteredCode = {
  userCode: string;
  device: DeviceRequest | "CODE_UNKNOWN" | "CODE_EXPIRED";
  signedIn: SignedIn;
};

/**
 * Finds what a code of a device stands for. For server actions.
 *
 * @returns the path of the page that asks about it, or why it leads nowhere.
 * @throws TicketgateError UNAUTHORIZED when nobody is signed in; ENGINE_UNAVAILABLE.
 */
export async function enterUserCode(typed: unknown): Promise<{ goTo: string } | { problem: CodeProblem }> {
  const [[services, store], sent] = await Promise.all([atRequest(), headers()]);
  const signedIn = await signedInAt(services, sessionOf(services, store));
  if (!signedIn) throw new TicketgateError("UNAUTHORIZED");
  const { subject } = signedIn;
  const address = callerAddress(sent, services.config.addressHeader);
  const found = await findDevice(services, typed, { subject, address });
  if ("problem" in found) return found;
  const browser = preSessionOf(services, store) ?? "";
  const request = sealStep(services, codeStep, { content: { ...found, subject }, browser });
  return { goTo: `/device/confirm?${new URLSearchParams({ request })}` };
}

/**
 * The code that stands in the address of a page; `undefined` when this browser was not sent there, or somebody else is signed in by now.
 * For pages.
 */
export async function enteredCode(sealed: unknown): Promise<EnteredCode | undefined> {
  const [services, store] = await atRequest();
  try {
    return await readEnteredCode(services, store, sealed);
  } catch (error) {
    throw new PageError(await failureOf(error, "/device/confirm"));
  }
}

/**
 * Does what the person at this browser decided about a device. For server actions.
 *
 * @param sealed the code, as it stood in the page's address.
 * @returns the path of the page that says what became of it.
 * @throws TicketgateError ENGINE_UNAVAILABLE.
 */
export async function decideAboutDevice(sealed: string, decision: DeviceDecision): Promise<string> {
  const [services, store] = await atRequest();
  const entered = await readEnteredCode(services, store, sealed);
  if (!entered) return "/device/done";
  const { userCode, device, signedIn } = entered;
  const outcome = await decideDevice(services, userCode, { decision, signedIn });
  const content = { outcome, ...(typeof device === "string" ? {} : { clientName: device.client.name }) };
  const browser = preSessionOf(services, store) ?? "";
  const step = sealStep(services, outcomeStep, { content, browser });
  return `/device/done?${new URLSearchParams({ outcome: step })}`;
}

async function readEnteredCode(
  services: Services,
  store: CookieStore,
  sealed: unknown,
): Promise<EnteredCode | undefined> {
  const entered = openStep(services, codeStep, { sealed, browser: preSessionOf(services, store) });
  const signedIn = entered && (await signedInAt(services, sessionOf(services, store)));
  if (!entered || signedIn?.subject !== entered.subject) return undefined;
  return { userCode: entered.userCode, device: await deviceOf(services, entered.userCode), signedIn };
}

/** What became of a device, as the address of the page says it to this browser. */
export async function deviceOutcome(
  sealed: unknown,
): Promise<{ outcome: DeviceOutcome; clientName?: string | undefined } | undefined> {
  const [services, store] = await atRequest();
  return openStep(services, outcomeStep, { sealed, browser: preSessionOf(services, store) });
}

function sessionOf({ config }: Services, store: CookieStore): string | undefined {
  return pageJar(store).get(cookieRules(config.origin).session);
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

/** The path of the page of ours from which this request came; `/` when it says none. */
export async function pathCameFrom(): Promise<string> {
  const sent = await headers();
  const { config } = await getServices();
  return cameFrom(sent.get("referer"), config.trustedOrigins);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function preSessionOf({ config }: Services, store: CookieStore): string | undefined {
  return store.get(cookieRules(config.origin).preSession)?.value;
}

function actionJar(store: CookieStore): CookieJar {
  return {
    // Next keeps a cookie that was cleared as an empty one.
    get: (name) => store.get(name)?.value || undefined,
    set: (name, value, attributes) => void store.set(name, value, attributes),
    clear: (name, attributes) => void store.set(name, "", { ...attributes, maxAge: 0 }),
  };
}

/** A page cannot set cookies. It need not: `src/proxy.ts` has put them right before. */
function pageJar(store: CookieStore): CookieJar {
  return { get: (name) => store.get(name)?.value || undefined, set: () => {}, clear: () => {} };
}
