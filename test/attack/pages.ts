import { vi } from "vitest";
import { putCookiesRight } from "../../src/app/_guard/page-cookies.ts";
import { signIn } from "../../src/app/(interaction)/login/actions.ts";
import { makeFormToken } from "../../src/app/bridge.ts";
import { signOut } from "../../src/app/sign-out.ts";
import type { PublicError } from "../../src/server/flow/error.ts";
import { parseCookies } from "../../src/server/session/cookie.ts";
import { ORIGIN, openGate } from "../support/gate.ts";
import { createNaiveForms } from "../support/naive/forms.ts";
import { type AttackedBrowser, type AttackedGate, openNaiveGate } from "../support/naive/gate.ts";
import { pageRequest } from "./page-request.ts";
import { serveActions } from "./sent-form.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

/** The forms there are. */
export type FormName = "login" | "sign-out";

/** The forms that work without JavaScript. */
export type AttackedForms = {
  /** Opens a page with the form: its hidden members. */
  open(browser: AttackedBrowser, form: FormName): Promise<Record<string, string>>;
  /** Sends it; gives the code of what it then shows, or nothing when it worked. */
  send(
    browser: AttackedBrowser,
    form: FormName,
    members: Record<string, string>,
  ): Promise<string | undefined>;
};

export type AttackedPages = AttackedGate & { forms: AttackedForms };

/** Both targets, for an attack on a form. */
export const pages = {
  async naive(): Promise<AttackedPages> {
    const gate = await openNaiveGate();
    return { ...gate, forms: createNaiveForms() };
  },
  async ours(options: Parameters<typeof openGate>[0] = {}): Promise<AttackedPages> {
    const gate = await openGate(options);
    serveActions(gate.services);
    return { ...gate, forms: ourForms(gate) };
  },
};

function ourForms({ services }: AttackedGate): AttackedForms {
  return {
    async open(browser, form) {
      await visit(services, browser);
      pageRequest.cookies = browser.cookies;
      return { formToken: await makeFormToken(form), ...(form === "login" ? { next: "/" } : {}) };
    },
    async send(browser, form, members) {
      await visit(services, browser);
      pageRequest.cookies = browser.cookies;
      const sent = new FormData();
      for (const [name, value] of Object.entries(members)) sent.set(name, value);
      return faultOf(form === "login" ? signIn({ username: "" }, sent) : signOut(undefined, sent));
    },
  };
}

/** What the proxy does to the cookies of every request for a page. */
async function visit(services: AttackedGate["services"], { cookies }: AttackedBrowser): Promise<void> {
  const header = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const { setCookies } = await putCookiesRight(services, { header, origin: ORIGIN });
  for (const line of setCookies) {
    const [[name, value] = ["", ""]] = parseCookies(line);
    if (/max-age=0/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }
}

/** An action that worked ends with a redirect, which Next throws. */
async function faultOf(action: Promise<unknown>): Promise<string | undefined> {
  try {
    return ((await action) as { fault?: PublicError } | undefined)?.fault?.code;
  } catch (error) {
    if (String((error as { digest?: string }).digest).startsWith("NEXT_REDIRECT")) return undefined;
    throw error;
  }
}
