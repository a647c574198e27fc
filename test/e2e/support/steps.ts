import type { Page } from "playwright-core";
import { person } from "./ticketgate.ts";

/** Fills in the login form that is open, and sends it. */
export async function submitLogin(
  page: Page,
  credentials: { username?: string; password?: string } = {},
): Promise<void> {
  await page.getByLabel("User name").fill(credentials.username ?? person.username);
  await page.getByLabel("Password").fill(credentials.password ?? person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs the person in, from the first page on. */
export async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.waitForURL(`${origin}/login`);
  await submitLogin(page);
  await signedIn(page, origin);
}

/** Waits until the first page greets the person. */
export async function signedIn(page: Page, origin: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: person.name }).waitFor();
  await page.waitForURL((url) => url.origin === origin && url.pathname === "/");
}

/** Waits until the first page offers to sign in. */
export async function signedOut(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Sign in" }).waitFor();
}

/** Waits until a failure is announced, and gives its words. */
export async function announced(page: Page): Promise<string> {
  const notice = page.locator("main [role=alert]");
  await notice.waitFor();
  return notice.innerText();
}
