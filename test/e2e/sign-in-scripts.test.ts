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
