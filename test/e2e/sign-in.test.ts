import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser, type Visit, visit } from "./support/browser.ts";
import { inspect, startWatched, type Watched } from "./support/inspection.ts";
import { announced, signedIn, signedOut, signIn, submitLogin } from "./support/steps.ts";
import { surfaceKinds } from "./support/surfaces.ts";
import { person } from "./support/ticketgate.ts";

let ticketgate: Watched;
let browser: Browser;
let here: Visit;

beforeAll(async () => {
  [ticketgate, browser] = await Promise.all([startWatched(), openBrowser()]);
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

describe("all of this", () => {
  it("left no secret anywhere", async () => {
    const answers = await ticketgate.recorder.take();
    const { leaks, kinds, secrets, secretNames } = await inspect({ servers: [ticketgate], answers });
    expect(leaks).toEqual([]);
    expect(kinds).toEqual(surfaceKinds.filter((kind) => kind !== "browser storage" && kind !== "bundle"));
    expect(secrets).toBeGreaterThan(100);
    expect(secretNames).toEqual(expect.arrayContaining(["cookie", "handle", "form token", "minted value"]));
  });
});

type Locator = ReturnType<Visit["page"]["locator"]>;

async function isFocused(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}

async function replaceFormToken(field: Locator, value: string): Promise<void> {
  await field.evaluate((input, text) => input.setAttribute("value", text), value);
}
