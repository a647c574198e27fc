import type { Page } from "playwright-core";
import { hotp, stepAt } from "../../../src/server/account/second-factor/totp.ts";
import { keyBytes, wrongCode as wrong } from "../../support/authenticator.ts";
import { fillIn } from "./account-steps.ts";

/** A person's authenticator app and recovery codes. */
export type PersonsApp = {
  key: string;
  recoveryCodes: string[];
  /** A code that the server takes now, still takes half a minute later, and has not taken before. There are two at a time. */
  code(): string;
  wrong(): string;
};

/** An app with a key that was typed into it. */
export function appOf(key: string): PersonsApp {
  let last = 0;
  return {
    key,
    recoveryCodes: [],
    code() {
      last = Math.max(last + 1, stepAt(Date.now()));
      return hotp(keyBytes(key), last);
    },
    wrong: () => wrong(key, Date.now()),
  };
}

/** The key that a page shows. */
export async function shownKey(page: Page): Promise<string> {
  return page.locator("main code").first().innerText();
}

/** The recovery codes that a page shows. */
export async function shownCodes(page: Page): Promise<string[]> {
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  return page.locator("main li code").allInnerTexts();
}

/** Sets up an app for who is signed in, from the account page on. */
export async function setUpApp(page: Page, origin: string, password: string): Promise<PersonsApp> {
  await page.goto(`${origin}/account/second-factor`);
  await fillIn(page, { "Current password": password }, "Set it up");
  await page.getByRole("heading", { name: "Set up an authenticator app" }).waitFor();
  const app = appOf(await shownKey(page));
  await fillIn(page, { "Code of the app": app.code() }, "Turn on two-step sign-in");
  app.recoveryCodes = await shownCodes(page);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByText("on since").waitFor();
  return app;
}

/** Fills in the form that has a button, and presses it. */
export async function fillForm(page: Page, fields: Record<string, string>, button: string): Promise<void> {
  const form = page.locator("main form").filter({ has: page.getByRole("button", { name: button }) });
  for (const [label, value] of Object.entries(fields))
    await form.getByLabel(label, { exact: true }).fill(value);
  await form.getByRole("button", { name: button }).click();
}
