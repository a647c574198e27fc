import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "./support/browser.ts";
import { type EngineDouble, startEngineDouble } from "./support/engine-double.ts";
import { announced, signIn, submitLogin } from "./support/steps.ts";
import { startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

/** Where the screenshots go, for people to look at. */
const pictures = join(tmpdir(), "ticketgate-pictures");

let engine: EngineDouble;
let ticketgate: Ticketgate;
let stranded: Ticketgate;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  engine = await startEngineDouble();
  [ticketgate, stranded, browser] = await Promise.all([
    startTicketgate(),
    startTicketgate({
      AUTHLETE_BASE_URL: engine.baseUrl,
      AUTHLETE_SERVICE_ID: "1",
      AUTHLETE_API_TOKEN: "engine-double-token-0123456789abcdef",
    }),
    openBrowser(),
  ]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), ticketgate?.stop(), stranded?.stop(), engine?.stop()]);
});

const states: Record<string, (page: Page) => Promise<unknown>> = {
  home: (page) => page.goto(ticketgate.origin),
  "signed-in": (page) => signIn(page, ticketgate.origin),
  login: (page) => page.goto(`${ticketgate.origin}/login`),
  "login-refused": async (page) => {
    await page.goto(`${ticketgate.origin}/login`);
    await submitLogin(page, { password: "not the password 1" });
    await announced(page);
  },
  "login-empty": async (page) => {
    await page.goto(`${ticketgate.origin}/login`);
    await submitLogin(page, { username: "", password: "" });
    await announced(page);
  },
  "login-unavailable": async (page) => {
    await page.goto(`${stranded.origin}/login`);
    await submitLogin(page);
    await announced(page);
  },
  problem: (page) => page.goto(`${ticketgate.origin}/problem?code=ENGINE_UNAVAILABLE&id=0f3b77ab-1`),
  "not-found": (page) => page.goto(`${ticketgate.origin}/no/such/page`),
};

const looks = (["light", "dark"] as const).flatMap((colorScheme) => [
  { colorScheme, device: "phone", viewport: { width: 360, height: 740 } },
  { colorScheme, device: "desktop", viewport: { width: 1280, height: 900 } },
]);

describe.each(Object.keys(states))("%s", (state) => {
  it.each(looks)("has no fault that axe can find: $device, $colorScheme", async (look) => {
    const { colorScheme, viewport, device } = look;
    const here = await visit(browser, { colorScheme, viewport, reducedMotion: "reduce" });
    await states[state]?.(here.page);
    await here.page.screenshot({
      path: join(pictures, `${state}-${device}-${colorScheme}.png`),
      fullPage: true,
    });
    const { violations, passes } = await new AxeBuilder({ page: here.page }).analyze();
    expect(passes.length).toBeGreaterThan(10);
    expect(violations.map(({ id, nodes }) => ({ id, html: nodes.map((node) => node.html) }))).toEqual([]);
    const overflow = await here.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await here.close();
  });
});
