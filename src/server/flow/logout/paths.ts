import type { FlowPorts } from "../ports.ts";
import { sealStep } from "../sealed-step.ts";
import { type LogoutQuestion, type LogoutResult, questionStep, resultStep } from "./sealed.ts";

/** The page that asks whether to sign out. */
export const LOGOUT_PATH = "/logout";

/** The page that says that somebody is signed out. */
export const SIGNED_OUT_PATH = "/logout/done";

type PathPorts = Pick<FlowPorts, "keyring" | "clock">;

/** Where a person is asked. */
export function pathOfQuestion(
  ports: PathPorts,
  content: LogoutQuestion,
  { browser, uiLocales }: { browser: string; uiLocales: string | undefined },
): string {
  const question = sealStep(ports, questionStep, { content, browser });
  const query = new URLSearchParams({
    question,
    ...(uiLocales === undefined ? {} : { ui_locales: uiLocales }),
  });
  return `${LOGOUT_PATH}?${query}`;
}

/** Where a person learns that they are signed out. */
export function pathOfResult(
  ports: PathPorts,
  content: LogoutResult,
  { browser, uiLocales }: { browser: string; uiLocales?: string | undefined },
): string {
  const { clientName, home, goOnTo, frames } = content;
  const isNamed = clientName !== undefined || home !== undefined;
  const isToTell = isNamed || goOnTo !== undefined || frames.length > 0;
  const query = new URLSearchParams({
    ...(isToTell ? { result: sealStep(ports, resultStep, { content, browser }) } : {}),
    ...(uiLocales === undefined ? {} : { ui_locales: uiLocales }),
  });
  return query.size === 0 ? SIGNED_OUT_PATH : `${SIGNED_OUT_PATH}?${query}`;
}
