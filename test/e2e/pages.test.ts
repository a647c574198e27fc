import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../../src/server/flow/error.ts";
import { cookieRules } from "../../src/server/session/cookie.ts";
import { openBrowser, visit } from "./support/browser.ts";
import { signIn } from "./support/steps.ts";
import { startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

let ticketgate: Ticketgate;
let browser: Browser;

beforeAll(async () => {
  [ticketgate, browser] = await Promise.all([startTicketgate(), openBrowser()]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), ticketgate?.stop()]);
});

const paths = ["/", "/login", "/problem", "/problem?code=TICKET_INVALID", "/no/such/page"];

describe("every page", () => {
  it.each(paths)(
    "%s comes with a policy whose nonce is on its scripts, and is never cached",
    async (path) => {
      const [first, second] = await Promise.all([get(path), get(path)]);
      const policy = first.headers.get("content-security-policy") ?? "";
      const nonce = /'nonce-([\w+/=-]{22,})'/.exec(policy)?.[1] ?? "";
      const html = await first.text();
      const scripts = html.match(/<script\b[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(2);
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
      expect(html).not.toMatch(/<[^>]+\sstyle="|\son\w+="/);
      expect(policy).toMatch(/frame-ancestors 'none'/);
      expect(second.headers.get("content-security-policy")).not.toBe(policy);
      expect(Object.fromEntries(first.headers)).toMatchObject({
        "cache-control": expect.stringContaining("no-store"),
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": expect.stringContaining("camera=()"),
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
      expect(first.headers.get("x-powered-by")).toBeNull();
      expect(first.headers.get("strict-transport-security")).toBeNull();
    },
  );

  it.each(paths)("%s runs without a complaint of the browser", async (path) => {
    const here = await visit(browser, {});
    await here.page.goto(`${ticketgate.origin}${path}`, { waitUntil: "networkidle" });
    const expected = path === "/no/such/page" ? [expect.stringContaining("404")] : [];
    expect(here.complaints).toEqual(expected);
    await here.close();
  });

  it("lets no script run that was slipped into it", async () => {
    const here = await visit(browser, {});
    const slipped = "<script>globalThis.slipped = 1</script><img src=x onerror='globalThis.slipped = 1'>";
    await here.page.route("**/login", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("<h1", `${slipped}<h1`) });
    });
    await here.page.goto(`${ticketgate.origin}/login`, { waitUntil: "networkidle" });
    expect(await here.page.evaluate(() => "slipped" in globalThis)).toBe(false);
    expect(here.complaints.filter((text) => text.includes("Executing inline")).length).toBeGreaterThanOrEqual(
      2,
    );
    await here.close();
  });

  it("cannot be framed", async () => {
    const here = await visit(browser, {});
    await here.page.route("https://evil.example/", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<iframe src="${ticketgate.origin}/login"></iframe>`,
      }),
    );
    await here.page.goto("https://evil.example/", { waitUntil: "networkidle" });
    const frames = here.page.frames().slice(1);
    for (const frame of frames) expect(await frame.locator("form").count()).toBe(0);
    expect(frames).toHaveLength(1);
    await here.close();
  });
});

describe("a request that does something", () => {
  const own = () => ticketgate.origin;
  it.each([
    { name: "nothing that says where it is from", headers: () => ({}) },
    { name: "a foreign origin", headers: () => ({ origin: "https://evil.example" }) },
    { name: "the origin null", headers: () => ({ origin: "null" }) },
    {
      name: "a forged host",
      headers: () => ({ origin: "https://evil.example", "x-forwarded-host": "evil.example" }),
    },
    { name: "a page of another site", headers: () => ({ origin: own(), "sec-fetch-site": "cross-site" }) },
    { name: "a page of a sibling", headers: () => ({ "sec-fetch-site": "same-site" }) },
  ])("gets 403 and a plain text with $name", async ({ headers }) => {
    for (const path of ["/", "/login", "/no/such/page"]) {
      const answer = await post(path, headers());
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain(catalogue.CROSS_SITE_REFUSED.text);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  it("is let through from a page of its own", async () => {
    expect((await post("/login", { origin: own() })).status).not.toBe(403);
    expect((await post("/login", { origin: own(), "sec-fetch-site": "same-origin" })).status).not.toBe(403);
  });
});

describe("not found", () => {
  it("answers 404 in the frame of the pages, and repeats nothing of the address", async () => {
    const answer = await get("/no/such/<script>alert(1)</script>page");
    expect(answer.status).toBe(404);
    const html = await answer.text();
    expect(html).toContain("There is nothing here.");
    expect(html).not.toContain("<script>alert(1)");
  });
});

describe("problem", () => {
  it.each(["TICKET_INVALID", "ENGINE_UNAVAILABLE"] as const)("says what %s means", async (code) => {
    const html = await (await get(`/problem?code=${code}&id=0f3b77ab-1`)).text();
    expect(html).toContain(catalogue[code].text);
    expect(html).toContain(catalogue[code].advice.replaceAll("'", "&#x27;"));
    expect(html).toContain("0f3b77ab-1");
  });

  it.each(["", "?code=ENGINE_UNAVAILABLE", "?code=INTERNAL_ERROR&id=%3Cb%3E"])(
    "speaks of a correlation id only where it shows one: %s",
    async (query) => {
      const [page] = (await (await get(`/problem${query}`)).text()).split("</main>");
      expect(page).not.toMatch(/correlation id/i);
    },
  );

  it.each([
    "code=toString&id=1",
    "code=Call+this+number+now",
    "code=NOT_FOUND&code=Call+this+number+now",
    "id=Call+this+number+now&code=x",
    "text=Call+this+number+now",
  ])("repeats nothing else: %s", async (query) => {
    const here = await visit(browser, { javaScriptEnabled: false });
    await here.page.goto(`${ticketgate.origin}/problem?${query}`);
    expect(await here.page.locator("main").innerText()).not.toMatch(/Call this|function/);
    expect(await here.page.getByRole("heading", { level: 1 }).innerText()).toBe(
      catalogue.INTERNAL_ERROR.text,
    );
    await here.close();
  });
});

describe("a session cookie that opens nothing", () => {
  it.each([
    { name: "garbage", value: "garbage" },
    { name: "of the right shape, but never issued", value: "A".repeat(43) },
    { name: "far too long", value: "x".repeat(3000) },
    { name: "not even text", value: "%00%ff%F0%9F" },
  ])("is cleared, and the visitor is signed out: $name", async ({ value }) => {
    const name = cookieRules(ticketgate.origin).session;
    const answer = await get("/", { cookie: `${name}=${value}` });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('href="/login"');
    const cleared = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`)) ?? "";
    expect(cleared).toMatch(new RegExp(`^${name}=;`));
    expect(cleared).toMatch(/Max-Age=0|Expires=Thu, 01 Jan 1970/i);
  });

  it("is cleared without JavaScript too, and a good one stays", async () => {
    const here = await visit(browser, { javaScriptEnabled: false });
    const { page } = here;
    const name = cookieRules(ticketgate.origin).session;
    await page.context().addCookies([{ name, value: "foreign", url: ticketgate.origin, httpOnly: true }]);
    await page.goto(ticketgate.origin);
    expect((await page.context().cookies()).map((cookie) => cookie.name)).not.toContain(name);
    await signIn(page, ticketgate.origin);
    await page.reload();
    expect((await page.context().cookies()).map((cookie) => cookie.name)).toContain(name);
    await here.close();
  });
});

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${ticketgate.origin}${path}`, { headers, redirect: "manual" });
}

function post(path: string, headers: Record<string, string>): Promise<Response> {
  const form = new FormData();
  form.set("username", "ada");
  return fetch(`${ticketgate.origin}${path}`, { method: "POST", body: form, headers, redirect: "manual" });
}
