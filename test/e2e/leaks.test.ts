import { appendFileSync, cpSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLeakScanner, type Leak, type LeakScanner } from "../support/leak-scanner.ts";
import { openBrowser } from "./support/browser.ts";
import { type EngineRelay, startEngineRelay } from "./support/engine-relay.ts";
import { announced, signedOut, signIn, submitLogin } from "./support/steps.ts";
import { bundleSurfaces, recordSurfaces, type Surface, surfaceKinds } from "./support/surfaces.ts";
import { person, startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

const CANARY = "seeded-canary-9f2c41d07be34a55";
const SECRET_MEMBERS =
  /^(ticket|accessToken|refreshToken|jwtAccessToken|idToken|access_token|refresh_token|id_token)$/;

let engine: Ticketgate;
let relay: EngineRelay;
let ticketgate: Ticketgate;
let browser: Browser;

beforeAll(async () => {
  [engine, browser] = await Promise.all([startTicketgate(), openBrowser()]);
  relay = await startEngineRelay(engine.origin);
  ticketgate = await startTicketgate({
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

describe.each([
  { javaScript: "on", javaScriptEnabled: true },
  { javaScript: "off", javaScriptEnabled: false },
])("a whole visit with JavaScript $javaScript", ({ javaScriptEnabled }) => {
  it("leaves no secret anywhere", async () => {
    const context = await browser.newContext({ javaScriptEnabled });
    const record = recordSurfaces(context);
    const cookies = await visitEverything(context);
    const surfaces = [...(await record.surfaces()), ...serverSurfaces()];
    const scanner = everySecret(cookies);
    expect(scanner.size()).toBeGreaterThan(8);
    expect(leaksIn(surfaces, scanner)).toEqual([]);
    const kinds = new Set(surfaces.map(({ kind }) => kind));
    const expected = javaScriptEnabled ? surfaceKinds : ["HTML", "header", "log", "bundle"];
    expect([...kinds]).toEqual(expect.arrayContaining([...expected]));
    await context.close();
  });
});

describe("a seeded leak", () => {
  const seeds = {
    HTML: {
      url: "**/login",
      type: "text/html",
      seeded: (body: string) => body.replace("</main>", `${CANARY}</main>`),
    },
    "RSC payload": { url: "**/login*", type: "text/x-component", seeded: (body: string) => body + CANARY },
    script: {
      url: "**/*.js*",
      type: "application/javascript",
      seeded: (body: string) => `${body}\n//${CANARY}`,
    },
    "tRPC answer": { url: "**/api/trpc/**", type: "application/json", seeded: withCanaryMember },
  } as const;

  it.each(Object.keys(seeds) as (keyof typeof seeds)[])("is found in a %s", async (kind) => {
    const context = await browser.newContext();
    const record = recordSurfaces(context);
    const { url, type, seeded } = seeds[kind];
    await context.route(url, (route) => seed(route, { type, seeded }));
    await walkToRefusal(context);
    expect(kindsOf(leaksIn(await record.surfaces(), canaryScanner()))).toContain(kind);
    await context.close();
  });

  it("is found in a header", async () => {
    const context = await browser.newContext();
    const record = recordSurfaces(context);
    await context.route("**/login", async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), "x-debug": btoa(`user:${CANARY}`) },
      });
    });
    await walkToRefusal(context);
    expect(kindsOf(leaksIn(await record.surfaces(), canaryScanner()))).toContain("header");
    await context.close();
  });

  it("is found in the browser's storage", async () => {
    const context = await browser.newContext();
    const record = recordSurfaces(context);
    const page = await context.newPage();
    await page.goto(ticketgate.origin);
    await page.evaluate((text) => localStorage.setItem("token", text), CANARY);
    expect(kindsOf(leaksIn(await record.surfaces(), canaryScanner()))).toEqual(["browser storage"]);
    await context.close();
  });

  it("is found in a log", () => {
    const line = JSON.stringify({ event: "x", detail: `Bearer ${CANARY}` });
    const surface: Surface = { kind: "log", name: "output", text: `${ticketgate.output()}${line}` };
    expect(kindsOf(leaksIn([surface], canaryScanner()))).toEqual(["log"]);
  });

  it("is found in a bundle", () => {
    const copy = mkdtempSync(join(tmpdir(), "ticketgate-bundle-"));
    cpSync(".next/static", copy, { recursive: true });
    const [chunk = ""] = readdirSync(copy, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".js"),
    );
    appendFileSync(join(copy, chunk), `;var s="${Buffer.from(CANARY).toString("base64")}"`);
    expect(kindsOf(leaksIn(bundleSurfaces(copy), canaryScanner()))).toEqual(["bundle"]);
  });
});

/** Every page and every outcome; gives the cookies that were set on the way. */
async function visitEverything(context: BrowserContext): Promise<string[]> {
  const page = await context.newPage();
  const cookies = new Set<string>();
  const note = async () => {
    for (const { value } of await context.cookies()) cookies.add(value);
  };
  await page.goto(`${ticketgate.origin}/login`);
  await submitLogin(page, { password: "not the password 1" });
  await announced(page);
  await note();
  await submitLogin(page, { username: "", password: "" });
  await announced(page);
  await signIn(page, ticketgate.origin);
  await note();
  await page.reload();
  for (const path of ["/login", "/problem?code=TICKET_INVALID", "/no/such/page", "/"]) {
    await page.goto(`${ticketgate.origin}${path}`);
  }
  await page.getByRole("button", { name: "Sign out" }).click();
  await signedOut(page);
  await note();
  return [...cookies];
}

async function walkToRefusal(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto(ticketgate.origin, { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.waitForURL("**/login");
  await page.reload({ waitUntil: "networkidle" });
  await submitLogin(page, { password: "not the password 1" });
  await page.locator("main [role=alert]").waitFor();
}

function serverSurfaces(): Surface[] {
  const logs = [ticketgate, engine].map(({ output }) => ({
    kind: "log" as const,
    name: "output",
    text: output(),
  }));
  return [...logs, ...bundleSurfaces()];
}

function everySecret(cookies: string[]): LeakScanner {
  const scanner = createLeakScanner();
  for (const [name, value] of Object.entries({ ...engine.secrets, ...ticketgate.secrets })) {
    if (!/URL|_ID$|MS$/.test(name)) scanner.remember(name, value);
  }
  scanner.remember("password", person.password);
  scanner.remember("wrong password", "not the password 1");
  for (const value of cookies) scanner.remember("cookie", value);
  for (const [name, value] of relay.answers().flatMap(secretsIn)) scanner.remember(name, value);
  return scanner;
}

function secretsIn(answer: Record<string, unknown>): [string, string][] {
  return Object.entries(answer).flatMap(([name, value]): [string, string][] => {
    if (typeof value !== "string") return [];
    if (SECRET_MEMBERS.test(name)) return [[name, value]];
    return name === "responseContent" && value.startsWith("{") ? secretsIn(JSON.parse(value)) : [];
  });
}

function canaryScanner(): LeakScanner {
  const scanner = createLeakScanner();
  scanner.remember("canary", CANARY);
  return scanner;
}

function leaksIn(surfaces: Surface[], scanner: LeakScanner): Leak[] {
  return surfaces.flatMap(({ kind, name, text }) => scanner.scan(`${kind}: ${name}`, text));
}

function kindsOf(leaks: Leak[]): string[] {
  return [...new Set(leaks.map(({ surface }) => surface.slice(0, surface.indexOf(":"))))];
}

async function seed(
  route: Route,
  { type, seeded }: { type: string; seeded: (body: string) => string },
): Promise<void> {
  const response = await route.fetch();
  const right = (response.headers()["content-type"] ?? "").startsWith(type);
  await route.fulfill(right ? { response, body: seeded(await response.text()) } : { response });
}

function withCanaryMember(body: string): string {
  return JSON.stringify({ ...JSON.parse(body), debug: CANARY });
}
