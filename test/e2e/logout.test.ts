import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser, type Visit, visit } from "./support/browser.ts";
import { type RelyingParty, startRelyingParty } from "./support/relying-party.ts";
import { signIn, submitLogin } from "./support/steps.ts";
import { person, startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

let ticketgate: Ticketgate;
let browser: Browser;
let front: Server;
let framed: string[];
let application: RelyingParty;
let here: Visit;

beforeAll(async () => {
  [ticketgate, browser] = await Promise.all([startTicketgate(), openBrowser()]);
  front = createServer((request, response) => {
    if (request.url?.startsWith("/front")) framed.push(request.url);
    response
      .writeHead(200, { "content-type": "text/html" })
      .end("<!DOCTYPE html><title>Bye</title><h1>Bye</h1>");
  });
  await new Promise<void>((ready) => front.listen(0, "localhost", ready));
});
afterAll(async () => {
  front?.closeAllConnections();
  front?.close();
  await Promise.all([browser?.close(), ticketgate?.stop()]);
});
afterEach(async () => {
  await here.close();
  await application.close();
});

const frontOrigin = () => `http://localhost:${(front.address() as AddressInfo).port}`;
const said = (page: Page, words: string) => page.getByRole("heading", { level: 1, name: words }).waitFor();

/** Signs the person in to the application, and gives its ID token. */
async function idToken(page: Page): Promise<string> {
  await page.goto(application.authorizationUrl());
  if (page.url().includes("/login")) await submitLogin(page);
  const allow = page.getByRole("button", { name: "Allow" });
  const welcome = page.getByRole("heading", { name: "Welcome aboard" });
  await allow.or(welcome).waitFor();
  if (await allow.isVisible()) await allow.click();
  await welcome.waitFor();
  const { json } = await application.redeem(application.responses.at(-1)?.code ?? "");
  return String(json.id_token);
}

const logoutUrl = (parameters: Record<string, string>) =>
  `${ticketgate.origin}/oauth/logout?${new URLSearchParams(parameters)}`;

describe.each([true, false])("signing out, JavaScript %s", (javaScriptEnabled) => {
  beforeEach(async () => {
    framed = [];
    application = await startRelyingParty(ticketgate, {
      customMetadata: JSON.stringify({
        post_logout_redirect_uris: [`${frontOrigin()}/bye`],
        frontchannel_logout_uri: `${frontOrigin()}/front`,
      }),
    });
    here = await visit(browser, { javaScriptEnabled });
  });

  it("at an application's wish tells it in a frame, and goes back to it", async () => {
    const { page } = here;
    const hint = await idToken(page);
    await page.goto(logoutUrl({ id_token_hint: hint, post_logout_redirect_uri: `${frontOrigin()}/bye` }));
    if (!javaScriptEnabled) await page.getByRole("link", { name: "Back to Lighthouse Tours" }).click();
    await page.waitForURL(`${frontOrigin()}/bye`);
    await expect.poll(() => framed.length).toBe(1);
    expect(framed[0]).toMatch(
      new RegExp(`^/front\\?iss=${encodeURIComponent(ticketgate.origin)}&sid=[\\w-]{43}$`),
    );
    await page.goto(ticketgate.origin);
    await page.getByRole("link", { name: "Sign in" }).waitFor();
    expect(here.complaints).toEqual([]);
  });

  it("is asked about where the application proves nothing, and then stays here", async () => {
    const { page } = here;
    await idToken(page);
    await page.goto(
      logoutUrl({ client_id: application.clientId, post_logout_redirect_uri: `${frontOrigin()}/bye` }),
    );
    await said(page, "Sign out?");
    expect(await page.locator("main").innerText()).toContain("Lighthouse Tours asks to sign you out.");
    await page.getByRole("link", { name: "Stay signed in" }).click();
    await page.getByRole("heading", { level: 1, name: person.name }).waitFor();
    await page.goBack();
    await page.getByRole("button", { name: "Sign out" }).click();
    await said(page, "You are signed out.");
    await expect.poll(() => framed.length).toBe(1);
    expect(page.url()).toContain(`${ticketgate.origin}/logout/done`);
    const back = page.getByRole("link", { name: "Back to Lighthouse Tours" });
    expect(await back.getAttribute("href")).toBe("https://tours.example/");
    await page.getByRole("link", { name: "To the first page" }).waitFor();
    expect(here.complaints).toEqual([]);
  });

  it("with the ID token of another session is asked about, and then goes back", async () => {
    const elsewhere = await visit(browser, { javaScriptEnabled });
    const hint = await idToken(elsewhere.page);
    await elsewhere.close();
    const { page } = here;
    await signIn(page, ticketgate.origin);
    await page.goto(
      logoutUrl({ id_token_hint: hint, post_logout_redirect_uri: `${frontOrigin()}/bye`, state: "s" }),
    );
    await said(page, "Sign out?");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${frontOrigin()}/bye?state=s`);
    expect(here.complaints).toEqual([]);
  });

  it("by the person's own wish works from the page for it, and from the first page tells applications too", async () => {
    const { page } = here;
    await idToken(page);
    await page.goto(ticketgate.origin);
    await page.getByRole("button", { name: "Sign out" }).click();
    await said(page, "You are signed out.");
    await expect.poll(() => framed.length).toBe(1);
    await signIn(page, ticketgate.origin);
    await page.goto(`${ticketgate.origin}/logout`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign in" }).first().waitFor();
    expect(here.complaints).toEqual([]);
  });

  it("is refused with a page that leads to a proper one", async () => {
    const { page } = here;
    await signIn(page, ticketgate.origin);
    await page.goto(
      logoutUrl({ id_token_hint: "forged", post_logout_redirect_uri: "https://evil.example/" }),
    );
    await said(page, "This request proves nothing.");
    await page.getByRole("link", { name: "Sign out" }).click();
    await said(page, "Sign out?");
  });
});

it("no other site signs anybody out: neither its form nor its frame", async () => {
  application = await startRelyingParty(ticketgate);
  here = await visit(browser, {});
  const { page } = here;
  await signIn(page, ticketgate.origin);
  await page.route("https://evil.example/**", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${ticketgate.origin}/oauth/logout"><button>Win</button></form>
        <img src="${ticketgate.origin}/oauth/logout"><iframe src="${ticketgate.origin}/logout"></iframe>`,
    }),
  );
  await page.goto("https://evil.example/");
  await page.getByRole("button", { name: "Win" }).click();
  await said(page, "Sign out?");
  await page.goto(ticketgate.origin);
  await page.getByRole("heading", { level: 1, name: person.name }).waitFor();
});
