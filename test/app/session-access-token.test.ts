import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { session } from "../../src/app/bridge.ts";
import { type Browser, type Gate, openGate } from "../support/gate.ts";

let gate: Gate;
let browser: Browser;

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => {
      const value = browser.cookies.get(name);
      return value === undefined ? undefined : { name, value };
    },
  }),
}));

const slot = globalThis as { [name: symbol]: unknown };
const SERVICES = Symbol.for("ticketgate.services");

beforeEach(async () => {
  gate = await openGate();
  slot[SERVICES] = Promise.resolve(gate.services);
  browser = gate.browser();
});
afterEach(async () => {
  delete slot[SERVICES];
  await gate.close();
});

describe("session.accessToken of server code in a page", () => {
  it("gives the access token of who is signed in at this browser", async () => {
    await browser.signIn();
    const token = await session.accessToken();
    const told = await gate.server().token.introspect({ token: token.reveal() });
    expect(told).toMatchObject({ action: "OK", subject: await gate.subject() });
  });

  it("does not show the token where it strays", async () => {
    await browser.signIn();
    const token = await session.accessToken();
    expect(`${token} ${JSON.stringify({ token })}`).toBe('[secret] {"token":"[secret]"}');
  });

  it("is refused when nobody is signed in", async () => {
    await expect(session.accessToken()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  it("is refused after signing out", async () => {
    await browser.signIn();
    const cookies = [...browser.cookies];
    await browser.signOut();
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    await expect(session.accessToken()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});
