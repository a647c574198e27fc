import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, type Visit, visit } from "./support/browser.ts";
import { type EngineDouble, type Failure, failures, startEngineDouble } from "./support/engine-double.ts";
import { inspect, startWatched, type Watched } from "./support/inspection.ts";
import { announced, submitLogin } from "./support/steps.ts";

let engine: EngineDouble;
let ticketgate: Watched;
let browser: Browser;
let here: Visit;

beforeAll(async () => {
  engine = await startEngineDouble();
  [ticketgate, browser] = await Promise.all([
    startWatched({
      AUTHLETE_BASE_URL: engine.baseUrl,
      AUTHLETE_SERVICE_ID: "21653835348762",
      AUTHLETE_API_TOKEN: "engine-double-token-0123456789abcdef",
      AUTHLETE_TIMEOUT_MS: "300",
    }),
    openBrowser(),
  ]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), ticketgate?.stop(), engine?.stop()]);
});

afterEach(() => here.close());

/** What the engine says when it fails: for the log at most. */
const ENGINE_WORDS = {
  "words of a gateway": "upstream connect error",
  "address of the engine": "engine.internal:8443",
  "text of the engine": "slow down",
};

const cases = (Object.keys(failures) as Failure[]).flatMap((failure) =>
  [true, false].map((javaScriptEnabled) => ({ failure, javaScriptEnabled })),
);

describe("sign-in while the engine is down", () => {
  it.each(cases)("says so with a correlation id: $failure, JavaScript $javaScriptEnabled", async (row) => {
    here = await visit(browser, { javaScriptEnabled: row.javaScriptEnabled });
    const { page } = here;
    engine.failWith(row.failure);
    await page.goto(`${ticketgate.origin}/login`);
    const username = `ada-${row.failure.replaceAll(" ", "-")}-${row.javaScriptEnabled}`;
    await submitLogin(page, { username });
    const text = await announced(page);
    expect(text).toContain("Sign-in is not available at the moment.");
    const id = /Correlation id:\s*(\S+)/.exec(text)?.[1] ?? "";
    expect(id).toMatch(/^[\w-]{8,}$/);
    expect(ticketgate.output()).toContain(id);
    expect(await page.getByLabel("User name").inputValue()).toBe(username);
    expect(await page.content()).not.toMatch(/upstream|Traceback|engine\.internal|A000000/);
    await page.goto(ticketgate.origin);
    await page.getByRole("link", { name: "Sign in" }).waitFor();
  });

  it("left no secret in pages, errors and the log, nor any word of the engine", async () => {
    const answers = await ticketgate.recorder.take();
    const words = Object.entries(ENGINE_WORDS);
    const run = { servers: [ticketgate], answers, alsoSecret: words };
    const { leaks, kinds, secretNames } = await inspect(run);
    expect(leaks.filter(({ surface }) => !surface.startsWith("log"))).toEqual([]);
    const inLog = new Set(leaks.map(({ secret }) => secret));
    expect([...inLog].filter((secret) => !(secret in ENGINE_WORDS))).toEqual([]);
    expect(kinds).toEqual(expect.arrayContaining(["HTML", "script", "error", "header", "Set-Cookie", "log"]));
    expect(secretNames).toEqual(expect.arrayContaining(["AUTHLETE_API_TOKEN", "password", "cookie"]));
  });
});
