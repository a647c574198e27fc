import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser, type Visit, visit } from "./support/browser.ts";
import { type Device, startDevice } from "./support/device.ts";
import { announced, signIn, submitLogin } from "./support/steps.ts";
import { startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

let ticketgate: Ticketgate;
let browser: Browser;
let device: Device;
let here: Visit;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
afterEach(() => here.close());

const typed = (code: string) => ` ${code.toLowerCase().slice(0, 4)}-${code.toLowerCase().slice(4)} `;

async function enter(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Next" }).click();
}

const said = (page: Page, words: string) => page.getByRole("heading", { level: 1, name: words }).waitFor();

describe.each([true, false])("a device, JavaScript %s", (javaScriptEnabled) => {
  // A person has ten tries a minute: each of the two has a server of its own.
  beforeAll(async () => {
    ticketgate = await startTicketgate();
  });
  afterAll(() => ticketgate.stop());
  beforeEach(async () => {
    device = await startDevice(ticketgate);
    here = await visit(browser, { javaScriptEnabled });
  });

  it("is let in by a person who signs in, types the code, and allows it", async () => {
    const { page } = here;
    await page.goto(`${ticketgate.origin}/device`);
    await submitLogin(page);
    await said(page, "Enter the code");
    await enter(page, typed(device.userCode));
    await said(page, "Let Living Room Television in on a device?");
    expect(await page.getByText(device.userCode, { exact: true }).count()).toBe(1);
    expect(await device.poll()).toMatchObject({ error: "authorization_pending" });
    await page.getByRole("button", { name: "Allow" }).click();
    await said(page, "The device is connected.");
    await new Promise((later) => setTimeout(later, 5_500));
    expect(await device.poll()).toMatchObject({ id_token: expect.any(String) });
    expect(here.complaints).toEqual([]);
  });

  it("is turned away, and its code cannot be decided about again", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    await page.goto(`${ticketgate.origin}/device`);
    await enter(page, device.userCode);
    await said(page, "Let Living Room Television in on a device?");
    const question = page.url();
    await page.getByRole("button", { name: "Deny" }).click();
    await said(page, "The device was turned away.");
    expect(await device.poll()).toMatchObject({ error: "access_denied" });
    await page.goto(question);
    await said(page, "This has been decided already.");
    expect(await page.getByRole("button", { name: "Allow" }).count()).toBe(0);
    expect(await device.poll()).not.toHaveProperty("access_token");
  });

  it("is not asked about again by the back button", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    await page.goto(`${ticketgate.origin}/device`);
    await enter(page, device.userCode);
    await said(page, "Let Living Room Television in on a device?");
    await page.getByRole("button", { name: "Allow" }).click();
    await said(page, "The device is connected.");
    await page.goBack();
    await said(page, "This has been decided already.");
    expect(await page.getByRole("button", { name: "Allow" }).count()).toBe(0);
    expect(here.complaints).toEqual([]);
  });

  it("is found by the link that it shows, which asks and sends nothing by itself", async () => {
    const { page } = here;
    await page.goto(device.complete);
    await submitLogin(page);
    await said(page, "Enter the code");
    expect(await page.getByLabel("Code", { exact: true }).inputValue()).toBe(device.userCode);
    expect(await device.poll()).toMatchObject({ error: "authorization_pending" });
    await page.getByRole("button", { name: "Next" }).click();
    await said(page, "Let Living Room Television in on a device?");
    expect(await page.locator("main").innerText()).toContain(device.userCode);
    expect(await page.locator("main").innerText()).toContain("Is the device in front of you?");
    expect(await page.locator("main").innerText()).toMatch(
      /Asked for less than a minute ago\. From where is not known\.\s+The program calls itself “\S+”\./,
    );
  });

  it("has a code that is right: whatever else is typed leads nowhere", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    await page.goto(`${ticketgate.origin}/device`);
    await enter(page, "BBBB-BBBB");
    expect(await announced(page)).toContain("There is no such code.");
    expect(await page.getByLabel("Code", { exact: true }).inputValue()).toBe("BBBB-BBBB");
    await enter(page, "");
    await page.getByText("Fill in the code.").waitFor();
  });

  it("is no business of another browser: the question is of the one that it was asked in", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    await page.goto(`${ticketgate.origin}/device`);
    await enter(page, device.userCode);
    await said(page, "Let Living Room Television in on a device?");
    const other = await visit(browser, { javaScriptEnabled });
    await signIn(other.page, ticketgate.origin);
    await other.page.goto(page.url());
    await said(other.page, "There is nothing to decide here.");
    await other.close();
  });

  it("is allowed by keyboard alone", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    await page.goto(`${ticketgate.origin}/device`, { waitUntil: "networkidle" });
    await page.getByLabel("Code", { exact: true }).focus();
    await page.keyboard.type(device.userCode);
    await page.keyboard.press("Enter");
    await said(page, "Let Living Room Television in on a device?");
    const allow = page.getByRole("button", { name: "Allow" });
    for (let count = 0; count < 20; count += 1) {
      if (await allow.evaluate((button) => button === document.activeElement)) break;
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await said(page, "The device is connected.");
  });
});
