import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Browser } from "playwright-core";
import { visit } from "../../e2e/support/browser.ts";
import { submitLogin } from "../../e2e/support/steps.ts";

/** A person at a browser, without JavaScript, and the application that they come back to. */
export type Person = {
  callback: string;
  page: Awaited<ReturnType<typeof visit>>["page"];
  /** Follows an authorization request to its end, signs in and consents where asked. Gives the request that the application gets. */
  authorize: (url: URL) => Promise<Request>;
  close: () => Promise<void>;
};

/** Opens a browser with an empty cookie jar. */
export async function openPerson(browser: Browser): Promise<Person> {
  const { page, close } = await visit(browser, { javaScriptEnabled: false });
  const application = await openApplication();
  const login = page.getByRole("button", { name: "Sign in" });
  const allow = page.getByRole("button", { name: "Allow" });
  const carryOn = page.getByRole("button", { name: "Continue" });
  const steps = [
    { button: login, take: () => submitLogin(page) },
    { button: allow, take: () => allow.click() },
    { button: carryOn, take: () => carryOn.click() },
  ];
  return {
    page,
    callback: application.callback,
    async close() {
      await close();
      await application.close();
    },
    async authorize(url) {
      const arrived = application.next();
      let left = steps;
      await page.goto(url.href);
      for (;;) {
        const shown = await Promise.race([
          arrived.then(() => undefined),
          ...left.map((step) => step.button.waitFor().then(() => step)),
        ]);
        if (shown === undefined) break;
        // Each is there once, and until the next page has come.
        left = left.slice(left.indexOf(shown) + 1);
        await shown.take();
      }
      await page.getByRole("heading", { name: "Application" }).waitFor();
      return arrived;
    },
  };
}

/** The application's callback, which greets whoever comes. */
async function openApplication() {
  let arrive: (request: Request) => void = () => {};
  let callback = "";
  const server = createServer(async (request, response) => {
    response
      .writeHead(200, { "content-type": "text/html" })
      .end("<title>Application</title><h1>Application</h1>");
    if (request.url?.startsWith("/callback")) arrive(await received(new URL(request.url, callback), request));
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  callback = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  return {
    callback,
    next: () =>
      new Promise<Request>((resolve) => {
        arrive = resolve;
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A request in the form that libraries take. */
async function received(url: URL, request: IncomingMessage): Promise<Request> {
  if (request.method !== "POST") return new Request(url);
  const type = request.headers["content-type"] ?? "";
  return new Request(url, { method: "POST", headers: { "content-type": type }, body: await text(request) });
}
