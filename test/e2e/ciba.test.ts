import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser, type Visit, visit } from "./support/browser.ts";
import { askFromOtherDevice } from "./support/other-device.ts";
import { submitLogin } from "./support/steps.ts";
import { startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

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
])("a request of another device with JavaScript $javaScript", ({ javaScriptEnabled }) => {
  beforeEach(async () => {
    here = await visit(browser, { javaScriptEnabled });
  });

  const open = async () => {
    await here.page.goto(`${ticketgate.origin}/ciba`);
    await submitLogin(here.page);
  };

  it("is found after the sign-in, and allowed: the device gets its tokens", async () => {
    const { page } = here;
    const device = await askFromOtherDevice(ticketgate);
    expect(await device.poll()).toMatchObject({ error: "authorization_pending" });
    await open();
    await page.getByRole("heading", { name: "Lighthouse Till asks whether it is you" }).waitFor();
    await page.getByText("Till 4, W4SCT").waitFor();
    await page.getByText("See your e-mail address").waitFor();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Nothing waits for you" }).waitFor();
    expect(await page.getByRole("status").innerText()).toContain("Go on at the other device.");
    await page.waitForTimeout(5_100);
    expect(await device.poll()).toMatchObject({ id_token: expect.any(String) });
    expect(here.complaints).toEqual([]);
  });

  it("is denied: the device hears it, and the next one is shown", async () => {
    const { page } = here;
    const first = await askFromOtherDevice(ticketgate, { binding_message: "first" });
    const second = await askFromOtherDevice(ticketgate, { binding_message: "second" });
    await open();
    await page.getByText("One more request waits.").waitFor();
    await page.getByText("first", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByText("second", { exact: true }).waitFor();
    expect(await first.poll()).toMatchObject({ error: "access_denied" });
    expect(await second.poll()).toMatchObject({ error: "authorization_pending" });
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByRole("heading", { name: "Nothing waits for you" }).waitFor();
  });

  it("is decided once: the page behind the back button decides nothing", async () => {
    const { page } = here;
    const device = await askFromOtherDevice(ticketgate);
    await open();
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByRole("heading", { name: "Nothing waits for you" }).waitFor();
    await page.goBack();
    const allow = page.getByRole("button", { name: "Allow" });
    if (await allow.isVisible()) {
      await allow.click();
      await page.getByText("This request has been decided already").waitFor();
    }
    expect(await device.poll()).toMatchObject({ error: "access_denied" });
  });
});

it("the page speaks Japanese", async () => {
  here = await visit(browser, { locale: "ja-JP", extraHTTPHeaders: { "accept-language": "ja" } });
  const { page } = here;
  await askFromOtherDevice(ticketgate);
  await page.goto(`${ticketgate.origin}/ciba`);
  await page.locator("input[name=username]").fill("ada");
  await page.locator("input[name=password]").fill("correct horse battery staple 42");
  await page.locator("form button[type=submit]").first().click();
  await page.getByRole("heading", { name: "Lighthouse Till が本人確認を求めています" }).waitFor();
  await page.getByRole("button", { name: "許可しない" }).click();
  await page.getByRole("heading", { name: "確認が必要な要求はありません" }).waitFor();
});

it("the page is reached and used with the keyboard alone", async () => {
  here = await visit(browser, {});
  const { page } = here;
  const device = await askFromOtherDevice(ticketgate);
  await page.goto(`${ticketgate.origin}/ciba`);
  await submitLogin(page);
  await page.getByRole("button", { name: "Deny" }).waitFor();
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => document.activeElement?.textContent);
    if (focused === "Deny") break;
  }
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Nothing waits for you" }).waitFor();
  expect(await device.poll()).toMatchObject({ error: "access_denied" });
});
