import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLeakScanner, type LeakScanner } from "../support/leak-scanner.ts";
import { openBrowser } from "./support/browser.ts";
import { damagedSessions, withoutSessions } from "./support/damage.ts";
import { type EngineRelay, startEngineRelay } from "./support/engine-relay.ts";
import { inspect, startWatched, type Watched } from "./support/inspection.ts";
import type { Change, Recorded } from "./support/recorder.ts";
import { secretsIn, WRONG_PASSWORD } from "./support/secrets.ts";
import { announced, signedOut, signIn, submitLogin } from "./support/steps.ts";
import {
  bundleSurfaces,
  leaksIn,
  logSurfaces,
  type Surface,
  type SurfaceKind,
  storageSurfaces,
  surfaceKinds,
  surfacesOf,
} from "./support/surfaces.ts";
import { startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

const CANARY = "seeded-canary-9f2c41d07be34a55";

let engine: Ticketgate;
let relay: EngineRelay;
let ticketgate: Watched;
let browser: Browser;

beforeAll(async () => {
  [engine, browser] = await Promise.all([startTicketgate(), openBrowser()]);
  relay = await startEngineRelay(engine.origin);
  ticketgate = await startWatched({
    AUTHLETE_BASE_URL: relay.baseUrl,
    AUTHLETE_SERVICE_ID: "1",
    AUTHLETE_API_TOKEN: engine.secrets.TICKETGATE_ENGINE_TOKEN ?? "",
    TICKETGATE_CLIENT_SECRET: engine.secrets.TICKETGATE_CLIENT_SECRET ?? "",
  });
});

afterAll(async () => {
  await Promise.all([browser?.close(), ticketgate?.stop(), engine?.stop()]);
  await relay?.stop();
});

/** The names of what is secret in a visit. A value that is in two places has the first name of it. */
const SECRETS = [
  "cookie",
  "form token",
  "ticket",
  "access_token",
  "refresh_token",
  "password",
  "wrong password",
  "password hash",
  "private key",
  "minted value",
  "TICKETGATE_SEALING_KEYS",
  "TICKETGATE_CLIENT_SECRET",
  "TICKETGATE_ENGINE_TOKEN",
  "TICKETGATE_BACKEND_CLIENT_SECRET",
  "AUTHLETE_API_TOKEN",
];

/** What a browser without scripts never asks for. */
const NEEDS_SCRIPTS: readonly SurfaceKind[] = ["RSC payload", "script", "tRPC answer"];

describe.each([
  { javaScript: "on", javaScriptEnabled: true },
  { javaScript: "off", javaScriptEnabled: false },
])("a whole visit with JavaScript $javaScript", ({ javaScriptEnabled }) => {
  it("leaves no secret anywhere", async () => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await visitEverything(page);
    await visitFailures(page);
    const storage = await storageSurfaces(context);
    await context.close();
    const answers = await ticketgate.recorder.take();
    const { leaks, kinds, secrets, secretNames } = await inspect({
      servers: [ticketgate, engine],
      answers,
      surfaces: [...storage, ...bundleSurfaces()],
      alsoSecret: relay.answers().flatMap(secretsIn),
    });
    expect(leaks).toEqual([]);
    expect(secrets).toBeGreaterThan(40);
    expect(secretNames).toEqual(expect.arrayContaining(SECRETS));
    expect(kinds).toEqual(surfaceKinds.filter((kind) => javaScriptEnabled || !NEEDS_SCRIPTS.includes(kind)));
    expect(statusesOf(answers)).toEqual(expect.arrayContaining([200, 404, 500]));
    expect(answers.filter(isEmptyPage)).toEqual([]);
  });
});

describe("a seeded leak", () => {
  const inBody = (kind: SurfaceKind, seeded: (body: string) => string): Change => {
    return (recorded) => {
      const { answer } = recorded;
      const here = surfacesOf(recorded).some((surface) => surface.kind === kind);
      return here && answer.text !== "" ? { ...answer, text: seeded(answer.text) } : answer;
    };
  };
  const inHeader =
    (name: string, value: string): Change =>
    ({ path, answer }) =>
      path === "/login" ? { ...answer, headers: { ...answer.headers, [name]: value } } : answer;

  const changes = {
    HTML: inBody("HTML", (body) => body.replace("</main>", `${CANARY}</main>`)),
    "RSC payload": inBody("RSC payload", (body) => body + CANARY),
    script: inBody("script", (body) => `${body}\n//${CANARY}`),
    "tRPC answer": inBody("tRPC answer", withCanaryMember),
    error: inBody("error", (body) => (body.startsWith("{") ? withCanaryMember(body) : body + CANARY)),
    other: inBody("other", (body) => `${body}\n/*${CANARY}*/`),
    header: inHeader("x-debug", btoa(`user:${CANARY}`)),
    "Set-Cookie": inHeader("set-cookie", `debug=${encodeURIComponent(CANARY)}; Path=/`),
  } satisfies Partial<Record<SurfaceKind, Change>>;

  it.each(Object.keys(changes) as (keyof typeof changes)[])("is found in the class %s", async (kind) => {
    ticketgate.recorder.change(changes[kind]);
    const context = await browser.newContext();
    await walk(context);
    await context.close();
    const surfaces = (await ticketgate.recorder.take()).flatMap(surfacesOf);
    ticketgate.recorder.change(undefined);
    expect(kindsOfCanary(surfaces)).toEqual([kind]);
  });

  it("is found in the browser's storage", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(ticketgate.origin);
    await page.evaluate((text) => localStorage.setItem("token", text), CANARY);
    const surfaces = await storageSurfaces(context);
    await context.close();
    expect(kindsOfCanary(surfaces)).toEqual(["browser storage"]);
  });

  it("is found in a log", () => {
    const line = JSON.stringify({ event: "x", detail: `Bearer ${CANARY}` });
    const surfaces = logSurfaces([engine, { output: () => `${ticketgate.output()}${line}` }]);
    expect(kindsOfCanary(surfaces)).toEqual(["log"]);
  });

  it("is found in a bundle", () => {
    const copy = mkdtempSync(join(tmpdir(), "ticketgate-bundle-"));
    cpSync(".next/static", copy, { recursive: true });
    const [chunk = ""] = readdirSync(copy, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".js"),
    );
    appendFileSync(join(copy, chunk), `;var s="${Buffer.from(CANARY).toString("base64")}"`);
    const found = kindsOfCanary(bundleSurfaces(copy));
    rmSync(copy, { recursive: true });
    expect(found).toEqual(["bundle"]);
  });

  it("has a test in every class", () => {
    const others: SurfaceKind[] = ["browser storage", "log", "bundle"];
    expect(new Set([...Object.keys(changes), ...others])).toEqual(new Set(surfaceKinds));
  });
});

/** Every page and every outcome. */
async function visitEverything(page: Page): Promise<void> {
  await page.goto(`${ticketgate.origin}/login`);
  await submitLogin(page, { password: WRONG_PASSWORD });
  await announced(page);
  await submitLogin(page, { username: "", password: "" });
  await announced(page);
  await signIn(page, ticketgate.origin);
  await page.reload();
  for (const path of ["/login", "/problem?code=TICKET_INVALID", "/no/such/page", "/"]) {
    await page.goto(`${ticketgate.origin}${path}`);
  }
  await page.getByRole("button", { name: "Sign out" }).click();
  await signedOut(page);
}

/** Every page while the engine fails and says everything it was told, and while the store is broken. */
async function visitFailures(page: Page): Promise<void> {
  await signIn(page, ticketgate.origin);
  await withoutSessions(ticketgate.database, () => page.goto(ticketgate.origin));
  relay.fail(true);
  await page.goto(ticketgate.origin);
  await page.getByRole("button", { name: "Sign out" }).click();
  await signedOut(page);
  await page.goto(`${ticketgate.origin}/login`);
  await submitLogin(page);
  await announced(page);
  relay.fail(false);
  await signIn(page, ticketgate.origin);
  await damagedSessions(ticketgate.database, () => page.goto(ticketgate.origin));
}

/** The pages and calls that seeded leaks are put into. */
async function walk(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${ticketgate.origin}/login`, { waitUntil: "networkidle" });
  await submitLogin(page, { password: WRONG_PASSWORD });
  await page.locator("main [role=alert]").waitFor();
  await page.goto(ticketgate.origin, { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.waitForURL("**/login");
  await page.reload({ waitUntil: "networkidle" });
  const answered = page.waitForResponse("**/api/trpc/login.password");
  await submitLogin(page);
  await answered;
}

function statusesOf(answers: readonly Recorded[]): number[] {
  return [...new Set(answers.map(({ answer }) => answer.status))];
}

/** A page, payload or script of which nothing was there to be searched. */
function isEmptyPage({ method, answer }: Recorded): boolean {
  return method !== "HEAD" && answer.status === 200 && answer.text === "";
}

function kindsOfCanary(surfaces: readonly Surface[]): string[] {
  const leaks = leaksIn(surfaces, canaryScanner());
  return [...new Set(leaks.map(({ surface }) => surface.slice(0, surface.indexOf(":"))))];
}

function canaryScanner(): LeakScanner {
  const scanner = createLeakScanner();
  scanner.remember("canary", CANARY);
  return scanner;
}

function withCanaryMember(body: string): string {
  return JSON.stringify({ ...JSON.parse(body), debug: CANARY });
}
