import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "./support/browser.ts";
import { startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

let ticketgate: Ticketgate;
let browser: Browser;

beforeAll(async () => {
  [ticketgate, browser] = await Promise.all([startTicketgate(), openBrowser()]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), ticketgate?.stop()]);
});

const heading = (page: Page) => page.getByRole("heading", { level: 1 }).innerText();
const lang = (page: Page) => page.locator("html").getAttribute("lang");

describe.each([true, false])("languages, JavaScript %s", (javaScriptEnabled) => {
  it("follow the browser, and are English when it speaks neither", async () => {
    for (const [locale, title, language] of [
      ["ja-JP", "サインイン", "ja"],
      ["fr-FR", "Sign in", "en"],
    ] as const) {
      const here = await visit(browser, { javaScriptEnabled, locale });
      await here.page.goto(`${ticketgate.origin}/login`);
      expect([await heading(here.page), await lang(here.page)]).toEqual([title, language]);
      await here.close();
    }
  });

  it("are switched in the footer of the page, which then stays where it is", async () => {
    const here = await visit(browser, { javaScriptEnabled });
    const { page } = here;
    const address = `${ticketgate.origin}/login?next=%2Fdevice`;
    await page.goto(address, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "日本語" }).click();
    await page.getByRole("heading", { level: 1, name: "サインイン" }).waitFor();
    expect([page.url(), await lang(page), await page.title()]).toEqual([
      address,
      "ja",
      "サインイン · Ticketgate",
    ]);
    await page.goto(`${ticketgate.origin}/problem?code=TICKET_INVALID`, { waitUntil: "networkidle" });
    expect(await heading(page)).toBe("このサインインは続けられません。");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: "This sign-in cannot be continued." }).waitFor();
    expect(here.complaints).toEqual([]);
    await here.close();
  });

  it("are switched on a page that is not there, too", async () => {
    const here = await visit(browser, { javaScriptEnabled });
    const { page } = here;
    await page.goto(`${ticketgate.origin}/no/such/page`, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "日本語" }).click();
    await page.getByRole("heading", { level: 1, name: "ここには何もありません。" }).waitFor();
    await here.close();
  });

  it("are what the address asks for, until somebody chooses", async () => {
    const here = await visit(browser, { javaScriptEnabled });
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login?ui_locales=fr%20ja`, { waitUntil: "networkidle" });
    expect([await heading(page), await lang(page)]).toEqual(["サインイン", "ja"]);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    expect(new URL(page.url()).search).toBe("");
    await here.close();
  });

  it("reach the words about what went wrong", async () => {
    const here = await visit(browser, { javaScriptEnabled, locale: "ja" });
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login`, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "サインイン" }).click();
    const notice = page.locator("main").getByRole("alert");
    await notice.waitFor();
    expect(await notice.innerText()).toContain("両方の項目を入力してください。");
    expect(await page.locator("form").first().innerText()).toContain("パスワードが入力されていません。");
    await page.getByLabel("ユーザー名").fill("ada");
    await page.getByLabel("パスワード").fill("wrong password");
    await page.getByRole("button", { name: "サインイン" }).click();
    await page.getByText("ユーザー名またはパスワードが正しくありません。").waitFor();
    await here.close();
  });
});

it("no other site switches a language, and no header of a visitor does", async () => {
  const page = await (await fetch(`${ticketgate.origin}/login`)).text();
  const footer = page.split("</main>")[1] ?? "";
  const action = /name="(\$ACTION_ID_[^"]+)"/.exec(footer)?.[1] ?? "";
  const form = new FormData();
  form.set(action, "");
  form.set("language", "ja");
  const post = (headers: Record<string, string>) =>
    fetch(`${ticketgate.origin}/login`, { method: "POST", body: form, headers, redirect: "manual" });
  const foreign = await post({ origin: "https://evil.example" });
  expect([foreign.status, foreign.headers.getSetCookie()]).toEqual([403, []]);
  const away = await post({ origin: ticketgate.origin, referer: "https://evil.example/x" });
  expect([away.status, away.headers.get("location")]).toEqual([303, "/"]);
  expect(away.headers.getSetCookie().join()).toMatch(/-language=ja; Path=\/; .*HttpOnly; SameSite=lax/i);
  const forged = await fetch(`${ticketgate.origin}/login`, { headers: { "x-ticketgate-ui-locales": "ja" } });
  expect(await forged.text()).toContain('<html lang="en">');
});
