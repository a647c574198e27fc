import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { READING_MS } from "../../src/app/(interaction)/_request/deliberate-click.ts";
import { openBrowser, type Visit, visit } from "./support/browser.ts";
import { type RelyingParty, startRelyingParty } from "./support/relying-party.ts";
import { submitLogin } from "./support/steps.ts";
import { startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

let ticketgate: Ticketgate;
let application: RelyingParty;
let browser: Browser;
let here: Visit;

beforeAll(async () => {
  [ticketgate, browser] = await Promise.all([startTicketgate(), openBrowser()]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), ticketgate?.stop()]);
});

beforeEach(async () => {
  application = await startRelyingParty(ticketgate);
});

afterEach(async () => {
  await here.close();
  await application.close();
});

async function welcomed(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Welcome aboard" }).waitFor();
}

describe.each([
  { javaScript: "on", javaScriptEnabled: true },
  { javaScript: "off", javaScriptEnabled: false },
])("an application's sign-in with JavaScript $javaScript", ({ javaScriptEnabled }) => {
  beforeEach(async () => {
    here = await visit(browser, { javaScriptEnabled });
  });

  it("leads from the login over consent back to the application, whose callback redirects once more", async () => {
    const { page } = here;
    await page.goto(application.authorizationUrl());
    await page.getByText("to go on to Lighthouse Tours").waitFor();
    await submitLogin(page);
    await page.getByRole("heading", { name: "Lighthouse Tours wants access to your account" }).waitFor();
    await page.getByRole("button", { name: "Allow" }).click();
    await welcomed(page);
    expect(application.responses).toEqual([
      { code: expect.any(String), state: "state-1", iss: ticketgate.origin },
    ]);
    const { status, json } = await application.redeem(application.responses[0]?.code ?? "");
    expect({ status, json }).toMatchObject({ status: 200, json: { id_token: expect.any(String) } });
    expect(here.complaints).toEqual([]);
  });

  it("shows whom it is for before anybody types a password (registration-logo-uri, -policy-uri, -tos-uri)", async () => {
    const logoUri = "https://tours.example/logo.png";
    const named = await startRelyingParty(ticketgate, { logoUri });
    const { page } = here;
    await page.goto(named.authorizationUrl());
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await page.locator("img").getAttribute("src")).toBe(logoUri);
    const about = page.getByRole("list", { name: "About Lighthouse Tours" });
    const linked = async (name: string) => about.getByRole("link", { name }).getAttribute("href");
    expect(await linked("Privacy policy")).toBe("https://tours.example/privacy");
    expect(await linked("Terms of service")).toBe("https://tours.example/terms");
    await named.close();
  });

  it("asks nobody twice for the same, and goes straight back", async () => {
    const { page } = here;
    await page.goto(application.authorizationUrl());
    await submitLogin(page);
    await page.getByRole("button", { name: "Allow" }).click();
    await welcomed(page);
    await page.goto(application.authorizationUrl());
    await welcomed(page);
    expect(application.responses).toHaveLength(2);
    await page.goto(application.authorizationUrl({ prompt: "none" }));
    expect(application.responses).toHaveLength(3);
    expect(application.responses.every(({ code }) => code !== undefined)).toBe(true);
    // A fresh sign-in is wanted, and then nothing is left to ask: the form of the login page ends at the application.
    await page.goto(application.authorizationUrl({ prompt: "login" }));
    await submitLogin(page);
    await welcomed(page);
    expect(application.responses).toHaveLength(4);
    expect(here.complaints).toEqual([]);
  });

  it("goes back with access_denied from the login and from the consent page", async () => {
    const { page } = here;
    await page.goto(application.authorizationUrl());
    await page.getByRole("button", { name: "Cancel and go back to Lighthouse Tours" }).click();
    await welcomed(page);
    await page.goto(application.authorizationUrl());
    await submitLogin(page);
    await page.getByRole("button", { name: "Deny" }).click();
    await welcomed(page);
    const denied = { error: "access_denied", state: "state-1", iss: ticketgate.origin };
    expect(application.responses).toMatchObject([denied, denied]);
    expect(application.responses.some(({ code }) => code !== undefined)).toBe(false);
  });

  it("explains itself after the back button, and gives no second code", async () => {
    const { page } = here;
    await page.goto(application.authorizationUrl());
    await submitLogin(page);
    await page.getByRole("button", { name: "Allow" }).click();
    await welcomed(page);
    await page.goBack();
    await page.getByRole("heading", { name: "This has been settled already." }).waitFor();
    expect(await page.getByRole("link", { name: "Back to Lighthouse Tours" }).getAttribute("href")).toBe(
      "https://tours.example/",
    );
    expect(application.responses).toHaveLength(1);
  });

  it("sends a response by POST where the application wants that", async () => {
    const { page } = here;
    await page.goto(application.authorizationUrl({ response_mode: "form_post" }));
    await submitLogin(page);
    await page.getByRole("button", { name: "Allow" }).click();
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Continue" }).click();
    await welcomed(page);
    expect(application.responses).toMatchObject([{ code: expect.any(String), iss: ticketgate.origin }]);
    expect(here.complaints).toEqual([]);
  });

  it("needs no mouse", async () => {
    const { page } = here;
    await page.goto(application.authorizationUrl({ login_hint: "ada" }));
    await page.getByLabel("Password").focus();
    await page.keyboard.type("correct horse battery staple 42");
    await page.keyboard.press("Enter");
    const allow = page.getByRole("button", { name: "Allow" });
    await allow.waitFor();
    for (let presses = 0; presses < 20; presses += 1) {
      if (await allow.evaluate((button) => button === document.activeElement)) break;
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await welcomed(page);
    expect(application.responses).toMatchObject([{ code: expect.any(String) }]);
  });

  it("goes on in several tabs at once", async () => {
    const { page } = here;
    const other = await page.context().newPage();
    await page.goto(application.authorizationUrl({ state: "first" }));
    await other.goto(application.authorizationUrl({ state: "second" }));
    await submitLogin(page);
    await page.getByRole("button", { name: "Deny" }).waitFor();
    await submitLogin(other);
    await other.getByRole("button", { name: "Allow" }).click();
    await welcomed(other);
    await page.getByRole("button", { name: "Deny" }).click();
    await welcomed(page);
    expect(application.responses.map(({ state, code, error }) => [state, code !== undefined, error])).toEqual(
      [
        ["second", true, undefined],
        ["first", false, "access_denied"],
      ],
    );
  });

  it("lets a person choose the account", async () => {
    const { page } = here;
    await page.goto(application.authorizationUrl());
    await submitLogin(page);
    await page.getByRole("button", { name: "Allow" }).click();
    await welcomed(page);
    await page.goto(application.authorizationUrl({ prompt: "select_account" }));
    await page.getByRole("button", { name: "Continue as Ada Lovelace" }).click();
    await welcomed(page);
    await page.goto(application.authorizationUrl({ prompt: "select_account" }));
    await page.getByRole("link", { name: "Use another account" }).click();
    await submitLogin(page);
    await welcomed(page);
    expect(application.responses.filter(({ code }) => code !== undefined)).toHaveLength(3);
    expect(here.complaints).toEqual([]);
  });

  it("takes a double click for one answer", async () => {
    if (!javaScriptEnabled) return;
    const { page } = here;
    await page.goto(application.authorizationUrl());
    await submitLogin(page);
    await page.waitForLoadState("networkidle");
    await page.getByRole("button", { name: "Allow" }).dblclick();
    await welcomed(page);
    expect(application.responses).toMatchObject([{ code: expect.any(String) }]);
  });

  it("takes no click that was meant for a window that lay over it", async () => {
    if (!javaScriptEnabled) return;
    const { page } = here;
    await page.goto(application.authorizationUrl());
    await submitLogin(page);
    await page.waitForLoadState("networkidle");
    const allow = page.getByRole("button", { name: "Allow" });
    await allow.evaluate((button: HTMLElement) => {
      dispatchEvent(new Event("focus"));
      button.click();
    });
    await page.waitForTimeout(READING_MS);
    expect(new URL(page.url()).pathname).toMatch(/^\/consent\//);
    expect(application.responses).toEqual([]);
    await allow.click();
    await welcomed(page);
    expect(application.responses).toMatchObject([{ code: expect.any(String) }]);
  });

  it("speaks the language that the application asks for, and begins with the name it hints at", async () => {
    const { page } = here;
    await page.goto(application.authorizationUrl({ ui_locales: "fr ja", login_hint: "ada" }));
    await page.getByRole("heading", { name: "サインイン" }).waitFor();
    expect(await page.getByLabel("ユーザー名").inputValue()).toBe("ada");
    await page.getByLabel("パスワード").fill("correct horse battery staple 42");
    await page.getByRole("button", { name: "サインイン" }).click();
    await page.getByRole("button", { name: "許可する", exact: true }).click();
    await welcomed(page);
  });
});

describe("a person who comes too late", () => {
  let hasty: Ticketgate;
  let impatient: RelyingParty;
  const SECONDS = 6;

  beforeAll(async () => {
    hasty = await startTicketgate({ TICKETGATE_INTERACTION_SECONDS: String(SECONDS) });
    impatient = await startRelyingParty(hasty);
  });
  afterAll(async () => {
    await impatient?.close();
    await hasty?.stop();
  });

  it("is told so, in the browser that brought the request, and nothing is given", async () => {
    here = await visit(browser, { javaScriptEnabled: true });
    const { page } = here;
    await page.goto(impatient.authorizationUrl());
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    const next = new URL(page.url()).searchParams.get("next") ?? "";
    await new Promise((later) => setTimeout(later, SECONDS * 1000 + 500));
    await page.goto(`${hasty.origin}${next}`);
    await page.getByRole("heading", { name: "This took too long." }).waitFor();
    const stranger = await visit(browser, {});
    await stranger.page.goto(`${hasty.origin}${next}`);
    await stranger.page.getByRole("heading", { name: "There is nothing to continue here." }).waitFor();
    await stranger.close();
    expect(impatient.responses).toEqual([]);
  });
});
