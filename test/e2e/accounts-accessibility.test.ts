import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import {
  fillIn,
  linkTo,
  type MailingTicketgate,
  newcomer,
  registered,
  startMailing,
} from "./support/account-steps.ts";
import { auditPage } from "./support/audit.ts";
import { openBrowser, visit } from "./support/browser.ts";
import { shownAgain } from "./support/shown-again.ts";
import { submitLogin } from "./support/steps.ts";

const gina = newcomer("gina");

let ticketgate: MailingTicketgate;
let browser: Browser;
/** Links that are good and that no test uses up. */
const links = { register: "", reset: "" };

beforeAll(async () => {
  [ticketgate, browser] = await Promise.all([startMailing(), openBrowser()]);
  const here = await visit(browser, {});
  await registered(ticketgate, here.page, gina);
  await here.page.goto(`${ticketgate.origin}/reset`);
  await fillIn(here.page, { "E-mail address": gina.email }, "Send the link");
  await here.page.waitForURL(`${ticketgate.origin}/reset/sent`);
  links.reset = await linkTo(ticketgate, gina.email, "reset");
  await here.close();
  const other = await visit(browser, {});
  const hans = newcomer("hans");
  await other.page.goto(`${ticketgate.origin}/register`);
  const fields = { "User name": hans.username, Name: hans.name, "E-mail address": hans.email };
  await fillIn(other.page, { ...fields, Password: hans.password }, "Register");
  links.register = await linkTo(ticketgate, hans.email, "register");
  await other.close();
});

afterAll(async () => {
  await Promise.all([browser?.close(), ticketgate?.stop()]);
});

const open = (path: string) => (page: Page) => page.goto(`${ticketgate.origin}${path}`);
const submitted = (path: string) => async (page: Page) => {
  await page.goto(path.startsWith("http") ? path : `${ticketgate.origin}${path}`);
  await page.locator("main form button[type=submit]").last().click();
  await page.locator("main [role=alert]").waitFor();
};
const signedIn = async (page: Page, path: string) => {
  await page.goto(`${ticketgate.origin}/login?ui_locales=en&next=${encodeURIComponent(path)}`);
  await submitLogin(page, gina);
  await page.waitForURL((url) => url.pathname === "/account");
};

const states: Record<string, (page: Page) => Promise<unknown>> = {
  register: open("/register"),
  "register-refused": submitted("/register"),
  "register-sent": open("/register/sent"),
  "register-confirm": (page) => page.goto(links.register),
  "register-expired": open(`/register/${"x".repeat(43)}`),
  reset: open("/reset"),
  "reset-refused": submitted("/reset"),
  "reset-sent": open("/reset/sent"),
  "reset-new": (page) => page.goto(links.reset),
  "reset-new-refused": (page) => submitted(links.reset)(page),
  "reset-expired": open(`/reset/${"x".repeat(43)}`),
  "reset-done": open("/reset/done"),
  "verify-expired": open(`/verify/${"x".repeat(43)}`),
  "verify-done": open("/verify/done"),
  account: (page) => signedIn(page, "/account"),
  "account-changed": (page) => signedIn(page, "/account?notice=password"),
  "account-refused": async (page) => {
    await signedIn(page, "/account");
    await page.locator("main form button[type=submit]").last().click();
    await page.locator("main [role=alert]").waitFor();
  },
};

const looks = [
  { device: "phone", viewport: { width: 360, height: 740 }, colorScheme: "light", locale: "ja-JP" },
  { device: "phone", viewport: { width: 360, height: 740 }, colorScheme: "dark", locale: "en-GB" },
  { device: "desktop", viewport: { width: 1280, height: 900 }, colorScheme: "light", locale: "en-GB" },
  { device: "desktop", viewport: { width: 1280, height: 900 }, colorScheme: "dark", locale: "ja-JP" },
] as const;

describe.each(Object.entries(states))("%s", (name, state) => {
  it.each(
    looks.flatMap((look) => [true, false].map((javaScriptEnabled) => ({ ...look, javaScriptEnabled }))),
  )(
    "has no fault that axe can find: $device, $colorScheme, $locale, JavaScript $javaScriptEnabled",
    async ({ device, javaScriptEnabled, ...look }) => {
      const options = { ...look, reducedMotion: "reduce" as const };
      const here = await visit(browser, { ...options, javaScriptEnabled });
      await state(here.page);
      const shown = javaScriptEnabled ? here : await shownAgain(browser, here.page, options);
      const picture = `${name}-${device}-${look.colorScheme}-${look.locale}${javaScriptEnabled ? "" : "-unscripted"}`;
      await auditPage(shown.page, picture);
      await here.close();
      if (shown !== here) await shown.close();
    },
  );
});
