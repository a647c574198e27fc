import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  fillIn,
  type MailingTicketgate,
  newcomer,
  registered,
  startMailing,
} from "./support/account-steps.ts";
import { auditPage } from "./support/audit.ts";
import { openBrowser, visit } from "./support/browser.ts";
import { appOf, setUpApp, shownKey } from "./support/second-step.ts";
import { shownAgain } from "./support/shown-again.ts";
import { person, startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

/** One who has an app, and one who has none. */
const sara = newcomer("sara");
const tina = newcomer("tina");

let ticketgate: MailingTicketgate;
let strict: Ticketgate;
let browser: Browser;
/** Recovery codes that nobody has used. */
let codes: string[];

beforeAll(async () => {
  [ticketgate, strict, browser] = await Promise.all([
    startMailing({ TICKETGATE_TRIES_PER_USERNAME: "1000" }),
    startTicketgate({ TICKETGATE_SECOND_FACTOR: "required", TICKETGATE_TRIES_PER_USERNAME: "1000" }),
    openBrowser(),
  ]);
  for (const somebody of [tina, sara]) {
    const here = await visit(browser, {});
    await registered(ticketgate, here.page, somebody);
    if (somebody === sara) {
      const app = await setUpApp(here.page, ticketgate.origin, sara.password);
      codes = app.recoveryCodes;
    }
    await here.close();
  }
});

afterAll(async () => {
  await Promise.all([browser?.close(), ticketgate?.stop(), strict?.stop()]);
});

const send = (page: Page) => page.locator("main form button[type=submit]").first().click();

/** Types user name and password, in either language. */
async function password(page: Page, origin: string, who: { username: string; password: string }, next = "/") {
  await page.goto(`${origin}/login?next=${encodeURIComponent(next)}`);
  await page.locator("input[name=username]").fill(who.username);
  await page.locator("input[name=password]").fill(who.password);
  await send(page);
}

async function code(page: Page): Promise<void> {
  await password(page, ticketgate.origin, sara);
  await page.locator("input[name=code]").waitFor();
}

async function refused(page: Page): Promise<void> {
  await send(page);
  await page.locator("main [role=alert]").waitFor();
}

async function setup(page: Page): Promise<void> {
  await password(page, strict.origin, person);
  await page.locator("main svg[role=img]").waitFor();
}

async function account(page: Page): Promise<void> {
  await password(page, ticketgate.origin, tina, "/account/second-factor");
  await page.locator("main form input[name=password]").waitFor();
  await page.waitForURL((url) => url.pathname === "/account/second-factor");
}

async function accountSetup(page: Page): Promise<void> {
  await account(page);
  await page.locator("input[name=password]").fill(tina.password);
  await send(page);
  await page.locator("main svg[role=img]").waitFor();
}

const states: Record<string, (page: Page) => Promise<unknown>> = {
  code,
  "code-refused": async (page) => {
    await code(page);
    await refused(page);
  },
  "recovery-code": async (page) => {
    await code(page);
    await page.locator("main a[href*='use=recovery']").click();
    await page.locator("input[name=code][autocomplete=off]").waitFor();
  },
  over: (page) => page.goto(`${ticketgate.origin}/second-factor/${"x".repeat(43)}`),
  setup,
  "setup-refused": async (page) => {
    await setup(page);
    await refused(page);
  },
  "account-nothing": account,
  "account-refused": async (page) => {
    await account(page);
    await refused(page);
  },
  "account-setup": accountSetup,
};

const looks = [
  { device: "phone", viewport: { width: 360, height: 740 }, colorScheme: "light", locale: "ja-JP" },
  { device: "phone", viewport: { width: 360, height: 740 }, colorScheme: "dark", locale: "en-GB" },
  { device: "desktop", viewport: { width: 1280, height: 900 }, colorScheme: "light", locale: "en-GB" },
  { device: "desktop", viewport: { width: 1280, height: 900 }, colorScheme: "dark", locale: "ja-JP" },
] as const;

const every = looks.flatMap((look) =>
  [true, false].map((javaScriptEnabled) => ({ ...look, javaScriptEnabled })),
);

async function audited(
  name: string,
  { device, javaScriptEnabled, ...look }: (typeof every)[number],
  state: (page: Page) => Promise<unknown>,
): Promise<void> {
  const options = { ...look, reducedMotion: "reduce" as const };
  const here = await visit(browser, { ...options, javaScriptEnabled });
  await state(here.page);
  const shown = javaScriptEnabled ? here : await shownAgain(browser, here.page, options);
  const picture = `second-factor-${name}-${device}-${look.colorScheme}-${look.locale}${javaScriptEnabled ? "" : "-unscripted"}`;
  await auditPage(shown.page, picture);
  await here.close();
  if (shown !== here) await shown.close();
}

describe.each(Object.entries(states))("%s", (name, state) => {
  it.each(every)(
    "has no fault that axe can find: $device, $colorScheme, $locale, JavaScript $javaScriptEnabled",
    (look) => audited(name, look, state),
  );
});

/** Whether a recovery code is wider than the sheet that it stands on, or in two lines: it could not be read. */
function isCut(page: Page): Promise<boolean> {
  return page.locator("main li code").evaluateAll((codes) =>
    codes.some((code) => {
      const lines = code.getClientRects();
      const sheet = code.closest("ol")?.getBoundingClientRect();
      return lines.length !== 1 || (lines[0]?.right ?? 0) > (sheet?.right ?? 0);
    }),
  );
}

/** Each sign-in takes a recovery code, so these states are seen one after the other in one. */
describe("active, with faults and with new codes", () => {
  it.each(every)(
    "has no fault that axe can find: $device, $colorScheme, $locale, JavaScript $javaScriptEnabled",
    async ({ device, javaScriptEnabled, ...look }) => {
      const options = { ...look, reducedMotion: "reduce" as const };
      const here = await visit(browser, { ...options, javaScriptEnabled });
      const { page } = here;
      const picture = async (name: string) => {
        const shown = javaScriptEnabled ? here : await shownAgain(browser, page, options);
        const scripted = javaScriptEnabled ? "" : "-unscripted";
        await auditPage(
          shown.page,
          `second-factor-${name}-${device}-${look.colorScheme}-${look.locale}${scripted}`,
        );
        if (shown !== here) await shown.close();
      };
      await password(page, ticketgate.origin, sara, "/account/second-factor");
      await page.locator("input[name=code]").fill(codes.pop() ?? "");
      await send(page);
      await page.locator("main form input[name=password]").first().waitFor();
      await picture("active");
      await page.locator("main form").nth(1).locator("button[type=submit]").click();
      await page.locator("main [role=alert]").waitFor();
      await picture("active-refused");
      const form = page.locator("main form").nth(1);
      await form.locator("input[name=password]").fill(sara.password);
      await form.locator("input[name=code]").fill(codes.pop() ?? "");
      await form.locator("button[type=submit]").click();
      await page.locator("main li code").first().waitFor();
      codes = await page.locator("main li code").allInnerTexts();
      expect(await isCut(page)).toBe(false);
      await picture("codes");
      await send(page);
      await page.locator("main form input[name=password]").first().waitFor();
      await page.goto(`${ticketgate.origin}/account/second-factor?notice=sessions`);
      await picture("active-sessions-ended");
      await here.close();
    },
  );
});

describe("the recovery codes at a sign-in", () => {
  it("have no fault that axe can find", async () => {
    const here = await visit(browser, {});
    await setup(here.page);
    const app = appOf(await shownKey(here.page));
    await fillIn(here.page, { "Code of the app": app.code() }, "Turn on two-step sign-in");
    await here.page.locator("main li code").first().waitFor();
    await auditPage(here.page, "second-factor-sign-in-codes-desktop-light-en-GB");
    await here.close();
  });
});
