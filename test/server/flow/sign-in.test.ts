import { verify } from "@node-rs/argon2";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AccountDirectory } from "../../../src/server/account/directory.ts";
import { PasswordQueueFullError } from "../../../src/server/account/password.ts";
import { signIn } from "../../../src/server/flow/sign-in.ts";
import { demo, type Gate, openGate } from "../../support/gate.ts";
import { engineFailureNames, failEngine, refusalOf, repairEngine } from "./actors.ts";

vi.mock("@node-rs/argon2", { spy: true });

let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
  vi.mocked(verify).mockClear();
});
afterEach(() => gate.close());

const operations = () => gate.calls.map(({ operation }) => operation);
const wrongPassword = [demo.username, "not the right one"] as const;
const unknownUser = ["nobody-here", demo.password] as const;

describe("a user name and a password that are right", () => {
  it("give a handle, the subject and the next step, and no ticket", async () => {
    const answers: unknown[] = [];
    gate.intercept(async (_, send) => {
      const answer = await send();
      answers.push(answer);
      return answer;
    });
    const { data, text } = await gate.browser().login();
    expect(data).toEqual({ handle: expect.any(String), subject: await gate.subject(), next: "issue" });
    const [{ ticket }] = answers as [{ ticket: string }];
    expect(ticket.length).toBeGreaterThan(20);
    expect(text).not.toContain(ticket);
  });

  it("are verified once, with one call of the engine", async () => {
    await gate.browser().login();
    expect(operations()).toEqual(["auth/token"]);
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it("ask the engine for the scopes of the configuration, as Ticketgate's own client", async () => {
    await gate.browser().login();
    const { parameters, clientId } = gate.callsOf("auth/token")[0]?.request ?? {};
    expect(clientId).toBe("1001");
    expect(Object.fromEntries(new URLSearchParams(String(parameters)))).toMatchObject({
      grant_type: "password",
      username: demo.username,
      scope: "profile email",
    });
  });
});

describe("a wrong password and an unknown user", () => {
  it("get one and the same answer", async () => {
    const wrong = await gate.browser().login(...wrongPassword);
    const unknown = await gate.browser().login(...unknownUser);
    expect(wrong).toMatchObject({ status: 401, error: { code: "CREDENTIALS_INVALID" } });
    expect(unknown.text).toBe(wrong.text);
    expect(unknown.status).toBe(wrong.status);
    expect(unknown.headers.getSetCookie()).toEqual(wrong.headers.getSetCookie());
  });

  it.each([
    ["a wrong password", wrongPassword],
    ["an unknown user", unknownUser],
    ["a user name that nobody can have", ["\u0000", demo.password] as const],
    ["a password too long to be one", [demo.username, "é".repeat(1_000)] as const],
  ])("cost the same work, and the ticket fails for that reason: %s", async (_, credentials) => {
    const reply = await gate.browser().login(...credentials);
    expect(reply.error?.code).toBe("CREDENTIALS_INVALID");
    expect(verify).toHaveBeenCalledTimes(1);
    expect(operations()).toEqual(["auth/token", "auth/token/fail"]);
    expect(gate.callsOf("auth/token/fail")[0]?.request).toMatchObject({
      reason: "INVALID_RESOURCE_OWNER_CREDENTIALS",
    });
  });

  it("leave no handle, no cookie and no session", async () => {
    const browser = gate.browser();
    await browser.login(...wrongPassword);
    expect([...browser.cookies]).toEqual([]);
    expect((await browser.current()).data).toEqual({ signedIn: false });
  });

  it("are told of in the audit trail", async () => {
    await gate.browser().login(...wrongPassword);
    expect(gate.lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ event: "audit.sign_in_refused", level: "warn" }),
    );
  });

  it.each(engineFailureNames)("get that answer even when the engine %s at token/fail", async (failure) => {
    failEngine(gate, "auth/token/fail", failure);
    const { error } = await gate.browser().login(...wrongPassword);
    expect(error?.code).toBe("CREDENTIALS_INVALID");
    expect(gate.lines.some((line) => line.includes("sign_in.ticket_not_spent"))).toBe(true);
  });
});

describe("when the engine fails at the beginning", () => {
  it.each(engineFailureNames)(
    "a sign-in is not available, and nothing is half done: it %s",
    async (failure) => {
      failEngine(gate, "auth/token", failure);
      const browser = gate.browser();
      const { status, error } = await browser.login();
      expect({ status, error }).toMatchObject({
        status: 503,
        error: { code: "ENGINE_UNAVAILABLE", correlationId: expect.any(String) },
      });
      expect(gate.lines.some((line) => line.includes(String(error?.correlationId)))).toBe(true);
      expect([...browser.cookies]).toEqual([]);
      expect(verify).not.toHaveBeenCalled();
      repairEngine(gate);
      expect((await browser.signIn()).data).toMatchObject({ action: "OK" });
    },
  );

  it.each(["INVALID_CLIENT", "BAD_REQUEST", "OK"])(
    "so it is when it answers %s to the password grant",
    async (action) => {
      gate.intercept(async ({ operation }, send) =>
        operation === "auth/token" ? { action, resultCode: "A1", accessToken: "x" } : send(),
      );
      expect((await gate.browser().login()).error?.code).toBe("ENGINE_UNAVAILABLE");
    },
  );
});

describe("when the directory of users fails", () => {
  const directory = (failure: Error): AccountDirectory => ({
    verifyPassword: () => Promise.reject(failure),
    find: async () => undefined,
    findByHint: async () => undefined,
    claimsOf: async () => undefined,
  });
  const tryWith = (failure: Error) =>
    refusalOf(signIn({ ...gate.services, accounts: directory(failure) }, demo));

  it.each([
    ["INTERNAL_ERROR", new Error("the directory is down")],
    ["TOO_MANY_REQUESTS", new PasswordQueueFullError()],
  ])("no ticket is left unspent, and the answer is %s", async (code, failure) => {
    const error = await tryWith(failure);
    expect(error.code).toBe(code);
    expect(JSON.stringify(error)).not.toContain(failure.message);
    expect(operations()).toEqual(["auth/token", "auth/token/fail"]);
    const ticket = String(gate.callsOf("auth/token/fail")[0]?.request.ticket);
    await expect(gate.server().token.issue({ ticket, subject: "usr_1" })).rejects.toMatchObject({
      cause: { code: "TICKET_INVALID" },
    });
  });
});
