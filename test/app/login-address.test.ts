import { expect, it, onTestFinished, vi } from "vitest";
import { putCookiesRight } from "../../src/app/_guard/page-cookies.ts";
import { signIn } from "../../src/app/(interaction)/login/actions.ts";
import { makeFormToken } from "../../src/app/bridge.ts";
import { createAttemptLimit } from "../../src/server/account/attempt-limit.ts";
import { parseCookies } from "../../src/server/session/cookie.ts";
import { type Gate, ORIGIN, openGate } from "../support/gate.ts";

const sent = vi.hoisted(() => ({ cookies: new Map<string, string>(), headers: new Headers() }));

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => ({ name, value: sent.cookies.get(name) }),
    set: (name: string, value: string) => void sent.cookies.set(name, value),
  }),
  headers: async () => sent.headers,
}));

/** Sends the login form without script, from an address; gives the code of what it then shows. */
async function tryFrom({ services }: Gate, address: string, username: string): Promise<string | undefined> {
  const { header } = await putCookiesRight(services, { header: null, origin: ORIGIN });
  sent.cookies = parseCookies(header);
  sent.headers.set("x-real-ip", address);
  const form = new FormData();
  const fields = { formToken: await makeFormToken("login"), username, password: "wrong one", next: "/" };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return (await signIn({ username: "" }, form)).fault?.code;
}

it("the tries of a form that is sent without script are counted by address too", async () => {
  const gate = await openGate({
    env: { TICKETGATE_ADDRESS_HEADER: "x-real-ip" },
    overrides: { attempts: createAttemptLimit({ perUsername: 10, perAddress: 2 }) },
  });
  const slot = globalThis as { [name: symbol]: unknown };
  slot[Symbol.for("ticketgate.services")] = Promise.resolve(gate.services);
  onTestFinished(async () => {
    delete slot[Symbol.for("ticketgate.services")];
    await gate.close();
  });
  const codes = [];
  for (const name of ["a", "b", "c"]) codes.push(await tryFrom(gate, "203.0.113.7", name));
  expect(codes).toEqual(["CREDENTIALS_INVALID", "CREDENTIALS_INVALID", "TOO_MANY_REQUESTS"]);
  expect(await tryFrom(gate, "203.0.113.8", "c")).toBe("CREDENTIALS_INVALID");
});
