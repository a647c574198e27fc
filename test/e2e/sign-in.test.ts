import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser, type Visit, visit } from "./support/browser.ts";
import { announced, signedIn, signedOut, signIn, submitLogin } from "./support/steps.ts";
import { person, startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

let ticketgate: Ticketgate;
let browser: Browser;
let here: Visit;

beforeAll(async () => {
  [ticketgate, browser] = await Promise.all([startTicketgate(), openBrowser()]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), ticketgate?.stop()]);
});

afterEach(() => here.close());

describe.each([
  { javaScript: "on", javaScriptEnabled: true },
  { javaScript: "off", javaScriptEnabled: false },
])("with JavaScript $javaScript", ({ javaScriptEnabled }) => {
  beforeEach(async () => {
    here = await visit(browser, { javaScriptEnabled });
  });

  it("signs in, shows who it is and what happened, and signs out", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    for (const text of [person.username, "profile email", "token.issue", "POST auth/token/issue"]) {
      await page.getByText(text, { exact: true }).first().waitFor();
    }
    expect(await page.getByRole("timer").innerText()).toMatch(/^(\d+:)?\d\d:\d\d$/);
    await page.getByRole("button", { name: "Sign out" }).click();
    await signedOut(page);
    await page.goto(ticketgate.origin);
    await signedOut(page);
    expect(here.complaints).toEqual([]);
  });

  it("keeps only cookies that scripts cannot read", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    const cookies = await page.context().cookies();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies)
      expect(cookie).toMatchObject({ httpOnly: true, path: "/", domain: "localhost" });
    expect(cookies.every(({ sameSite }) => sameSite === "Lax" || sameSite === "Strict")).toBe(true);
  });

  it("refuses a wrong password and an unknown user with one text, and keeps the user name", async () => {
    const { page } = here;
    const texts: string[] = [];
    for (const credentials of [{ password: "not the password 1" }, { username: "nobody" }]) {
      await page.goto(`${ticketgate.origin}/login`);
      await submitLogin(page, credentials);
      texts.push(await announced(page));
      expect(await page.getByLabel("User name").inputValue()).toBe(credentials.username ?? person.username);
      expect(await page.getByLabel("Password").inputValue()).toBe("");
      expect(await page.content()).not.toContain("not the password 1");
    }
    expect(texts[0]).toContain("The user name or the password is not right.");
    expect(texts[1]).toBe(texts[0]);
    await submitLogin(page);
    await signedIn(page, ticketgate.origin);
  });

  it("names the fields that are empty", async () => {
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login`);
    await page.getByRole("button", { name: "Sign in" }).click();
    expect(await announced(page)).toContain("Fill in both fields.");
    for (const label of ["User name", "Password"]) {
      const field = page.getByLabel(label);
      expect(await field.getAttribute("aria-invalid")).toBe("true");
      const [errorId = ""] = ((await field.getAttribute("aria-describedby")) ?? "").split(" ");
      expect(await page.locator(`[id="${errorId}"]`).innerText()).toBe(`${label} is empty.`);
    }
    await submitLogin(page, { password: "" });
    await page.getByText("Fill in the password.").waitFor();
    expect(await page.getByLabel("User name").getAttribute("aria-invalid")).toBe("false");
    expect(await page.getByLabel("User name").inputValue()).toBe(person.username);
  });

  it("sends somebody who is signed in away from the login page, but only to a path of its own", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    await page.goto(`${ticketgate.origin}/login`);
    await signedIn(page, ticketgate.origin);
    for (const evil of [
      "//evil.example/",
      "https://evil.example/",
      "/\\evil.example",
      "javascript:alert(1)",
    ]) {
      await page.goto(`${ticketgate.origin}/login?next=${encodeURIComponent(evil)}`);
      await signedIn(page, ticketgate.origin);
    }
    await page.goto(`${ticketgate.origin}/login?next=/problem%3Fcode=NOT_FOUND`);
    await page.waitForURL(`${ticketgate.origin}/problem?code=NOT_FOUND`);
  });

  it("goes on to the path it was asked for", async () => {
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login?next=/problem%3Fcode=NOT_FOUND`);
    await submitLogin(page);
    await page.waitForURL(`${ticketgate.origin}/problem?code=NOT_FOUND`);
    await page.goto(ticketgate.origin);
    await signedIn(page, ticketgate.origin);
  });

  it("does not come back by the back button, neither signed in nor signed out", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    await page.goBack();
    await page.reload();
    await page
      .getByRole("heading", { name: person.name })
      .or(page.getByRole("link", { name: "Sign in" }))
      .first()
      .waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
    await page.goto(ticketgate.origin);
    await page.getByRole("button", { name: "Sign out" }).click();
    await signedOut(page);
    await page.goBack();
    await page.reload();
    expect(await page.getByRole("heading", { name: person.name }).count()).toBe(0);
  });

  it("works by keyboard alone", async () => {
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login`);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type(person.username);
    await page.keyboard.press("Tab");
    await page.keyboard.type(person.password);
    await page.keyboard.press("Enter");
    await signedIn(page, ticketgate.origin);
    const signOut = page.getByRole("button", { name: "Sign out" });
    for (let steps = 0; steps < 10 && !(await isFocused(signOut)); steps++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await signedOut(page);
  });
});

describe("with JavaScript on", () => {
  beforeEach(async () => {
    here = await visit(browser, {});
  });

  it("issues once for a double click", async () => {
    const { page } = here;
    const calls: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/api/trpc/")) calls.push(new URL(request.url()).pathname);
    });
    await page.goto(`${ticketgate.origin}/login`, { waitUntil: "networkidle" });
    await page.getByLabel("User name").fill(person.username);
    await page.getByLabel("Password").fill(person.password);
    await page.getByRole("button", { name: "Sign in" }).dblclick();
    await signedIn(page, ticketgate.origin);
    expect(calls.filter((path) => path.endsWith("login.password"))).toHaveLength(1);
    expect(calls.filter((path) => path.endsWith("token.issue"))).toHaveLength(1);
  });

  it("says how far it has come, and puts the focus on what is wrong", async () => {
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login`, { waitUntil: "networkidle" });
    const held = Promise.withResolvers<void>();
    await page.route("**/api/trpc/login.password", async (route) => {
      await held.promise;
      await route.continue();
    });
    await submitLogin(page, { password: "not the password 1" });
    await page.getByRole("button", { name: "Checking the password" }).waitFor();
    expect(await page.getByRole("status").innerText()).toBe("Checking the password");
    held.resolve();
    await announced(page);
    expect(await page.locator(":focus").getAttribute("role")).toBe("alert");
    await page.getByLabel("Password").fill("");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator("[aria-invalid=true]").waitFor();
    expect(await page.locator(":focus").getAttribute("name")).toBe("password");
  });

  it("takes nothing that is typed while it looks, and wipes nothing but a wrong password", async () => {
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login`, { waitUntil: "networkidle" });
    const [username, password] = [page.getByLabel("User name"), page.getByLabel("Password")];
    const held = Promise.withResolvers<void>();
    await page.route("**/api/trpc/login.password", async (route) => {
      await held.promise;
      await route.continue();
    });
    await submitLogin(page, { password: "not the password 1" });
    await page.getByRole("button", { name: "Checking the password" }).waitFor();
    await password.press("End");
    await page.keyboard.type("typed too late");
    expect(await password.inputValue()).toBe("not the password 1");
    held.resolve();
    await announced(page);
    expect(await password.inputValue()).toBe("");
    await password.fill("typed in time");
    expect(await password.inputValue()).toBe("typed in time");
    await username.fill("");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Fill in the user name.").waitFor();
    expect(await password.inputValue()).toBe("typed in time");
  });

  it("asks again when the session should have ended, and stays when it was used elsewhere", async () => {
    const { page } = here;
    await page.clock.install();
    await signIn(page, ticketgate.origin);
    const asked = page.waitForResponse("**/api/trpc/session.current*");
    await page.clock.fastForward("30:10");
    expect((await asked).status()).toBe(200);
    await signedIn(page, ticketgate.origin);
  });

  it("notices a sign-out in another tab", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    const other = await page.context().newPage();
    await other.goto(ticketgate.origin);
    await other.getByRole("button", { name: "Sign out" }).click();
    await signedOut(other);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
    await signedOut(page);
  });

  it("counts down", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    const before = await page.getByRole("timer").innerText();
    await page.waitForFunction(
      (text) => document.querySelector("[role=timer]")?.textContent !== text,
      before,
    );
  });
});

describe("a session that nobody uses", () => {
  it("ends, and an open page says so by itself", async () => {
    const impatient = await startTicketgate({ TICKETGATE_SESSION_IDLE_SECONDS: "4" });
    here = await visit(browser, {});
    await signIn(here.page, impatient.origin);
    await signedOut(here.page);
    expect(here.complaints).toEqual([]);
    await here.close();
    await impatient.stop();
  });
});

describe("without JavaScript", () => {
  beforeEach(async () => {
    here = await visit(browser, { javaScriptEnabled: false });
  });

  it("accepts a form once, and offers a fresh one for the second time", async () => {
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login`);
    const used = await page.locator("input[name=formToken]").inputValue();
    await submitLogin(page, { password: "not the password 1" });
    await announced(page);
    await replaceFormToken(page.locator("input[name=formToken]"), used);
    await submitLogin(page);
    expect(await announced(page)).toContain("This page has expired.");
    expect(await page.locator("input[name=formToken]").inputValue()).not.toBe(used);
    await submitLogin(page);
    await signedIn(page, ticketgate.origin);
  });

  it("refuses the form of another browser", async () => {
    const { page } = here;
    const other = await visit(browser, { javaScriptEnabled: false });
    await other.page.goto(`${ticketgate.origin}/login`);
    const foreign = await other.page.locator("input[name=formToken]").inputValue();
    await other.close();
    await page.goto(`${ticketgate.origin}/login`);
    await replaceFormToken(page.locator("input[name=formToken]"), foreign);
    await submitLogin(page);
    expect(await announced(page)).toContain("This page has expired.");
    await submitLogin(page);
    await signedIn(page, ticketgate.origin);
  });
});

type Locator = ReturnType<Visit["page"]["locator"]>;

async function isFocused(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}

async function replaceFormToken(field: Locator, value: string): Promise<void> {
  await field.evaluate((input, text) => input.setAttribute("value", text), value);
}
