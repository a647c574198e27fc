import { visibleText } from "../../oauth/visible-text.ts";
import { readSession } from "../../session/session.ts";
import type { FlowPorts } from "../ports.ts";
import { openStep, sealStep } from "../sealed-step.ts";
import { sessionPorts } from "../session-ports.ts";
import { signOut } from "../sign-out.ts";
import { webAddress } from "../web-address.ts";
import { type JudgedRequest, judgeRequest, type LogoutProblem } from "./judge-request.ts";
import { knownParameters, type LogoutRequest, readLogoutRequest } from "./logout-request.ts";
import { nextMove } from "./next-move.ts";
import { pathOfQuestion, pathOfResult } from "./paths.ts";
import { requestStep } from "./sealed.ts";

/**
 * Keeps a logout request that came by POST for the moment until the browser comes back by GET. What another site posts comes without our
 * cookies, and nobody could tell who is signed in.
 *
 * @param parameters the body.
 * @returns a text for an address; `undefined` when the request cannot be read, or is longer than a browser can bring back.
 */
export function keepRequest(
  ports: Pick<FlowPorts, "keyring" | "clock">,
  parameters: URLSearchParams,
): string | undefined {
  if (!readLogoutRequest(parameters)) return undefined;
  const content = { parameters: knownParameters(parameters).toString() };
  const kept = sealStep(ports, requestStep, { content, browser: "" });
  return kept.length > LONGEST_KEPT ? undefined : kept;
}

/** Servers and proxies read some 16 KB of headers in all, and the address is only one of them. */
const LONGEST_KEPT = 12_288;

/** What `keepRequest` kept; `undefined` when it is no such text, or too old. */
export function keptRequest(
  ports: Pick<FlowPorts, "keyring" | "clock">,
  sealed: string,
): URLSearchParams | undefined {
  const kept = openStep(ports, requestStep, { sealed, browser: "" });
  return kept && new URLSearchParams(kept.parameters);
}

/** How the logout endpoint goes on. */
export type LogoutOutcome =
  | { kind: "problem"; problem: LogoutProblem }
  /** Away, to an address that is registered for the application that asks. */
  | { kind: "redirect"; location: string; signedOut: boolean }
  /** To a page of ours. */
  | { kind: "page"; path: string; signedOut: boolean };

/** The browser that sent a logout request: the values of its cookies. */
export type LogoutBrowser = { session: string | undefined; preSession: string };

/**
 * Does what a logout request asks for, or has the person asked.
 *
 * @param request `undefined` when it could not be read.
 * @throws EngineError when the engine cannot be asked.
 * @see OpenID Connect RP-Initiated Logout 1.0
 */
export async function beginLogout(
  ports: FlowPorts,
  request: LogoutRequest | undefined,
  browser: LogoutBrowser,
): Promise<LogoutOutcome> {
  if (!request) return { kind: "problem", problem: "REQUEST_UNREADABLE" };
  const judged = await judgeRequest(ports, request);
  if ("problem" in judged) {
    ports.log.warn("audit.logout_refused", { problem: judged.problem, clientId: request.clientId });
    return { kind: "problem", problem: judged.problem };
  }
  const session = await readSession(sessionPorts(ports), browser.session);
  const clients = session && judged.hint ? await ports.sessionClients.list(session.idHash) : [];
  switch (nextMove(judged, session, clients)) {
    case "nothing to end":
      return ended(ports, { judged, browser, uiLocales: request.uiLocales, frames: [], signedOut: false });
    case "sign out": {
      const frames = await signOut(ports, browser.session);
      return ended(ports, { judged, browser, uiLocales: request.uiLocales, frames, signedOut: true });
    }
    case "ask": {
      const path = pathOfQuestion(ports, about(judged), { browser: browser.preSession, ...request });
      return { kind: "page", path, signedOut: false };
    }
  }
}

/** Frames need a page of ours to be loaded in; without any the browser goes straight back. */
function ended(
  ports: FlowPorts,
  step: {
    judged: JudgedRequest;
    browser: LogoutBrowser;
    uiLocales: string | undefined;
    frames: string[];
    signedOut: boolean;
  },
): LogoutOutcome {
  const { judged, browser, uiLocales, frames, signedOut } = step;
  const { goOnTo } = judged;
  if (goOnTo !== undefined && frames.length === 0) return { kind: "redirect", location: goOnTo, signedOut };
  const path = pathOfResult(ports, { ...about(judged), frames }, { browser: browser.preSession, uiLocales });
  return { kind: "page", path, signedOut };
}

function about({ client, goOnTo }: JudgedRequest) {
  const clientName = client?.clientName === undefined ? undefined : visibleText(client.clientName);
  const home = webAddress(client?.clientUri);
  return {
    ...(clientName === undefined ? {} : { clientName }),
    ...(home === undefined ? {} : { home }),
    ...(goOnTo === undefined ? {} : { goOnTo }),
  };
}
