import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  linkTo,
  type MailingTicketgate,
  newcomer,
  registered,
  startMailing,
} from "./support/account-steps.ts";
import { openBrowser, type Visit, visit } from "./support/browser.ts";
import { type RelyingParty, startRelyingParty } from "./support/relying-party.ts";
import { appOf, shownKey } from "./support/second-step.ts";
import { person, startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

let ticketgate: MailingTicketgate;
let strict: Ticketgate;
let browser: Browser;
let here: Visit;
const applications: RelyingParty[] = [];

beforeAll(async () => {
  [ticketgate, strict, browser] = await Promise.all([
    startMailing(),
    startTicketgate({ TICKETGATE_SECOND_FACTOR: "required" }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await Promise.all(applications.map((application) => application.close()));
  await Promise.all([browser?.close(), ticketgate?.stop(), strict?.stop()]);
});
afterEach(() => here.close());

/** A page is Japanese as a whole: its frame, its heading and its button, and again when it is loaded anew. */
async function isJapanese(page: Page, heading: string, reload = true): Promise<void> {
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("ja");
  expect(await page.locator("footer button").allInnerTexts()).toEqual(["English"]);
  for (const button of await page.locator("main button").allInnerTexts())
    expect(button).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/u);
  if (!reload) return;
  await page.reload();
  await isJapanese(page, heading, false);
}

async function sendTo(server: Ticketgate, changes: Record<string, string> = {}): Promise<RelyingParty> {
  const application = await startRelyingParty(server);
  applications.push(application);
  await here.page.goto(application.authorizationUrl({ ui_locales: "ja", ...changes }), {
    waitUntil: "networkidle",
  });
  return application;
}

async function signIn(page: Page, { username, password }: { username: string; password: string }) {
  await page.getByLabel("ユーザー名").fill(username);
  await page.getByLabel("パスワード", { exact: true }).fill(password);
  await page.getByRole("button", { name: "サインイン" }).click();
}

describe.each([true, false])("ui_locales in an English browser, JavaScript %s", (javaScriptEnabled) => {
  beforeEach(async () => {
    here = await visit(browser, { javaScriptEnabled, locale: "en-GB" });
  });

  it("holds while a second factor is set up and asked for, up to the question", async () => {
    const { page } = here;
    await sendTo(strict);
    await isJapanese(page, "サインイン");
    await signIn(page, person);
    if (javaScriptEnabled) {
      await isJapanese(page, "認証アプリの設定");
      const app = appOf(await shownKey(page));
      await page.getByLabel("アプリのコード").fill(app.code());
      await page.getByRole("button", { name: "2段階認証を有効にする" }).click();
      await isJapanese(page, "リカバリーコード");
      await page.getByRole("button", { name: "保管しました" }).click();
    } else {
      await isJapanese(page, "コードを入力");
      await page.getByRole("link", { name: "認証アプリが手元にない" }).click();
      await isJapanese(page, "リカバリーコードを入力");
      return;
    }
    await page.getByRole("button", { name: "許可する" }).first().waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
    expect(here.complaints).toEqual([]);
  });

  it("holds through a new password, its mail, and the sign-in after it", async () => {
    const elsewhere = await visit(browser, { javaScriptEnabled });
    const somebody = newcomer(`yuki-${javaScriptEnabled}`);
    await registered(ticketgate, elsewhere.page, somebody);
    await elsewhere.close();
    const { page } = here;
    await sendTo(ticketgate);
    await page.getByRole("link", { name: "パスワードを忘れた" }).click();
    await isJapanese(page, "パスワードの再設定");
    await page.locator("main input[name=email]").fill(somebody.email);
    await page.locator("main form button").click();
    await page.waitForURL(/\/reset\/sent\?next=/);
    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
    const link = await linkTo(ticketgate, somebody.email, "reset");
    const phone = await visit(browser, { javaScriptEnabled, locale: "en-GB" });
    await phone.page.goto(link);
    await isJapanese(phone.page, "新しいパスワードの設定");
    await phone.close();
    await page.goto(link);
    await page.locator("main input[name=password]").fill("another plum tractor");
    await page.locator("main form button").click();
    await page.waitForURL(/\/reset\/done\?request=/);
    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
    await page.locator("main a.button").click();
    await isJapanese(page, "サインイン");
    expect(here.complaints).toEqual([]);
  });

  it("holds from the registration to the sign-in, and where no application waits", async () => {
    const { page } = here;
    await page.goto(`${ticketgate.origin}/register?ui_locales=ja`, { waitUntil: "networkidle" });
    await page.locator("main a").last().click();
    await isJapanese(page, "サインイン");
  });

  it("ends with the way: a page that is not on it is English as a whole", async () => {
    const { page } = here;
    await sendTo(strict);
    await isJapanese(page, "サインイン", false);
    await page.getByRole("link", { name: "Ticketgate" }).click();
    await page.waitForURL(`${strict.origin}/`);
    await page.getByRole("button", { name: "日本語" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await page.getByRole("heading", { level: 1 }).innerText()).not.toMatch(/[\u3040-\u30ff]/u);
    expect(here.complaints).toEqual([]);
  });

  it("gives way to the choice of the person, on the page where they are", async () => {
    const { page } = here;
    await sendTo(strict);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
  });

  it("holds after a sign-out that was asked for in it", async () => {
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login?ui_locales=ja`, { waitUntil: "networkidle" });
    await signIn(page, person);
    await page.waitForURL(`${ticketgate.origin}/`);
    const application = await startRelyingParty(ticketgate);
    applications.push(application);
    const query = new URLSearchParams({ client_id: application.clientId, ui_locales: "ja" });
    await page.goto(`${ticketgate.origin}/oauth/logout?${query}`, { waitUntil: "networkidle" });
    await page.locator("main form button").click();
    await page.waitForURL(/\/logout\/done/);
    await isJapanese(page, "サインアウトしました。");
  });
});
