import { type ChildProcess, spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openBrowser, visit } from "./support/browser.ts";
import { createClient } from "./support/relying-party.ts";
import { submitLogin } from "./support/steps.ts";
import { person, startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

let ticketgate: Ticketgate;
let browser: Browser;
let example: ChildProcess;
let home: string;
let said = "";

beforeAll(async () => {
  [ticketgate, browser] = await Promise.all([startTicketgate(), openBrowser()]);
  const port = await freePort();
  home = `http://localhost:${port}/`;
  const { clientId } = await createClient(ticketgate, {
    clientName: "Example relying party",
    clientType: "PUBLIC",
    tokenAuthMethod: "NONE",
    grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
    responseTypes: ["CODE"],
    redirectUris: [`${home}callback`],
    customMetadata: JSON.stringify({ post_logout_redirect_uris: [home] }),
  });
  example = spawn(process.execPath, ["examples/relying-party/main.ts"], {
    env: {
      PATH: process.env.PATH ?? "",
      NODE_ENV: "development",
      ISSUER: ticketgate.origin,
      CLIENT_ID: clientId,
      PORT: String(port),
    },
  });
  for (const stream of [example.stdout, example.stderr]) stream?.on("data", (part) => (said += String(part)));
  await vi.waitFor(() => expect(said).toContain(home), { timeout: 20_000 });
});
afterAll(async () => {
  example?.kill();
  await Promise.all([browser?.close(), ticketgate?.stop()]);
});

it("signs a person in through the whole flow, shows who it is, and signs them out here and there", async () => {
  const { page, complaints, close } = await visit(browser, {});
  await page.goto(home);
  await page.getByRole("button", { name: "Sign in with Ticketgate" }).click();
  await submitLogin(page);
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByRole("heading", { name: `Hello, ${person.name}` }).waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Nobody is signed in" }).waitFor();
  expect(page.url()).toBe(home);
  await page.goto(ticketgate.origin);
  await page.getByRole("link", { name: "Sign in" }).waitFor();
  expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
  await close();
});

it("takes no answer that it did not ask for", async () => {
  const forged = await fetch(`${home}callback?code=x&state=y&iss=${ticketgate.origin}`, {
    redirect: "manual",
  });
  expect([forged.status, forged.headers.get("location")]).toEqual([303, home]);
  const foreign = await fetch(`${home}sign-out`, { method: "POST", redirect: "manual" });
  expect(foreign.status).toBe(404);
});

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, "localhost", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
}
