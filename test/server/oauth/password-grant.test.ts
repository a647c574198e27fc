import { describe, expect, it } from "vitest";
import { createAttemptLimit } from "../../../src/server/account/attempt-limit.ts";
import { PasswordQueueFullError } from "../../../src/server/account/password.ts";
import { EngineUnavailable } from "../../../src/server/authlete/error.ts";
import { createTokenEndpoint } from "../../../src/server/http/token.ts";
import { formRequest, type LogEntry, type Script, scriptedPorts } from "../../support/spec-ports.ts";

const tokens = '{"access_token":"issued-access-token","token_type":"Bearer"}';

const script = {
  "auth/token": () => ({
    action: "PASSWORD",
    clientId: 3001,
    username: "alice",
    password: "right",
    ticket: "ticket-1",
  }),
  "auth/token/issue": () => ({
    action: "OK",
    responseContent: tokens,
    accessToken: "issued-access-token",
    subject: "subject-of-alice",
    clientId: 3001,
    scopes: ["read"],
  }),
  "auth/token/fail": () => ({ action: "BAD_REQUEST", responseContent: '{"error":"invalid_request"}' }),
} as const satisfies Script;

const verifyPassword = async (username: string, password: string) =>
  username === "alice" && password === "right" ? "subject-of-alice" : undefined;

const body = { grant_type: "password", client_id: "alias-of-3001", username: "alice", password: "right" };

async function ask(options: Parameters<typeof scriptedPorts>[0], parameters: Record<string, string> = body) {
  const scripted = scriptedPorts({ script, verifyPassword, passwordGrantClients: ["3001"], ...options });
  const response = await createTokenEndpoint(scripted.ports)(formRequest(parameters));
  const text = await response.text();
  const { status, headers } = response;
  return { ...scripted, status, headers, text, names: scripted.calls.map(({ name }) => name) };
}

describe("a listed client", () => {
  it("gets tokens for the subject that the password belongs to, never for the name that was sent", async () => {
    const { status, text, calls } = await ask({});
    expect(status).toBe(200);
    expect(text).toBe(tokens);
    expect(calls.at(-1)).toEqual({
      name: "auth/token/issue",
      request: { ticket: "ticket-1", subject: "subject-of-alice" },
    });
  });

  it("gets invalid_grant for a wrong password, and the ticket is spent with the true reason", async () => {
    const { status, text, calls } = await ask({ verifyPassword: async () => undefined });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ error: "invalid_grant" });
    expect(calls.at(-1)).toEqual({
      name: "auth/token/fail",
      request: { ticket: "ticket-1", reason: "INVALID_RESOURCE_OWNER_CREDENTIALS" },
    });
  });

  it.each<[string, Script]>([
    [
      "INTERNAL_SERVER_ERROR",
      { "auth/token/issue": () => ({ action: "INTERNAL_SERVER_ERROR", responseContent: "leak" }) },
    ],
    [
      "an unknown action",
      { "auth/token/issue": () => ({ action: "UNKNOWN_ACTION", receivedAction: "leak" }) },
    ],
  ])("gets 500 when the engine answers issue with %s", async (_, issue) => {
    const { status, text } = await ask({ script: { ...script, ...issue } });
    expect(status).toBe(500);
    expect(text).not.toContain("leak");
    expect(JSON.parse(text)).toMatchObject({ error: "server_error" });
  });

  it("gets 500 when the directory fails, and the ticket is spent", async () => {
    const { status, names } = await ask({ verifyPassword: () => Promise.reject(new Error("database")) });
    expect(status).toBe(500);
    expect(names).toEqual(["auth/token", "accounts.verifyPassword", "auth/token/fail"]);
  });

  it("gets 503 when too many passwords are waiting, and the ticket is spent", async () => {
    const { status, text, names } = await ask({
      verifyPassword: () => Promise.reject(new PasswordQueueFullError()),
    });
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ error: "temporarily_unavailable" });
    expect(names).toEqual(["auth/token", "accounts.verifyPassword", "auth/token/fail"]);
  });

  it.each<[string, Script["auth/token/fail"]]>([
    [
      "cannot be reached",
      () => {
        throw new EngineUnavailable("auth/token/fail", "timeout", { outcomeUnknown: true });
      },
    ],
    ["answers INTERNAL_SERVER_ERROR", () => ({ action: "INTERNAL_SERVER_ERROR" })],
  ])(
    "gets invalid_grant for a wrong password even when token/fail %s, which the log tells",
    async (_, fail) => {
      const { status, text, log } = await ask({
        script: { ...script, "auth/token/fail": fail },
        verifyPassword: async () => undefined,
      });
      expect(status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({ error: "invalid_grant" });
      expect(log).toContainEqual(expect.objectContaining({ event: "oauth.ticket_not_spent" }));
    },
  );
});

describe("the tries of a listed client", () => {
  const attempts = () => createAttemptLimit({ perUsername: 2, perAddress: 100 });
  const wrong = { verifyPassword: async () => undefined };

  it("are counted by user name, as those of sign-in: then it is 429, and no password is looked at", async () => {
    const limit = attempts();
    for (let tries = 0; tries < 2; tries++) {
      expect(JSON.parse((await ask({ ...wrong, attempts: limit })).text).error).toBe("invalid_grant");
    }
    const { status, headers, text, names, calls } = await ask({ attempts: limit });
    expect(status).toBe(429);
    expect(JSON.parse(text)).toEqual({
      error: "temporarily_unavailable",
      error_description: "Too many tries with this user name.",
    });
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(names).toEqual(["auth/token", "auth/token/fail"]);
    expect(calls.at(-1)?.request).toEqual({ ticket: "ticket-1", reason: "UNKNOWN" });
  });

  it("are one user name's only", async () => {
    const limit = attempts();
    for (let tries = 0; tries < 3; tries++) await ask({ ...wrong, attempts: limit });
    const other = { "auth/token": () => ({ ...script["auth/token"](), username: "bob" }) };
    const { text } = await ask({ ...wrong, attempts: limit, script: { ...script, ...other } });
    expect(JSON.parse(text).error).toBe("invalid_grant");
  });

  it("are forgotten when the password is right", async () => {
    const limit = attempts();
    for (let round = 0; round < 3; round++) {
      expect((await ask({ ...wrong, attempts: limit })).status).toBe(400);
      expect((await ask({ attempts: limit })).status).toBe(200);
    }
  });

  it("are shared with sign-in", async () => {
    const limit = attempts();
    for (let tries = 0; tries < 2; tries++) await limit.consume({ username: "ALICE" });
    expect((await ask({ attempts: limit })).status).toBe(429);
  });
});

describe("the audit trail", () => {
  const eventsOf = (log: LogEntry[]) => log.filter(({ event }) => event.startsWith("audit."));

  it("tells of a success: whose password it was, and what was issued to which client", async () => {
    const { log } = await ask({});
    expect(eventsOf(log)).toEqual([
      {
        level: "info",
        event: "audit.password_verified",
        fields: { subject: "subject-of-alice", clientId: "3001" },
      },
      {
        level: "info",
        event: "audit.token_issued",
        fields: {
          actor: "client 3001",
          subject: "subject-of-alice",
          clientId: 3001,
          scopes: ["read"],
        },
      },
    ]);
  });

  it("tells of a wrong password, and of too many", async () => {
    const { log } = await ask({ verifyPassword: async () => undefined });
    expect(eventsOf(log)).toEqual([
      { level: "warn", event: "audit.sign_in_refused", fields: { username: "alice", clientId: "3001" } },
    ]);
    const full = { consume: async () => 7, clear: async () => {} };
    expect(eventsOf((await ask({ attempts: full })).log)).toEqual([
      { level: "warn", event: "audit.tries_exceeded", fields: { username: "alice", clientId: "3001" } },
    ]);
  });
});

describe("a client that is not listed", () => {
  it("is refused after the engine has told who it is: no password is looked at, the ticket is spent", async () => {
    const { status, text, names, calls } = await ask({ passwordGrantClients: ["4001"] });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ error: "unauthorized_client" });
    expect(names).toEqual(["auth/token", "auth/token/fail"]);
    expect(calls.at(-1)?.request).toEqual({ ticket: "ticket-1", reason: "UNKNOWN" });
  });

  it.each([
    ["nobody is listed", [], "alias-of-3001"],
    ["its number is not listed", ["3001"], "3002"],
  ])("is refused before the engine makes a ticket when %s", async (_, passwordGrantClients, client_id) => {
    const { status, text, calls } = await ask({ passwordGrantClients }, { ...body, client_id });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ error: "unauthorized_client" });
    expect(calls).toEqual([]);
  });

  it("cannot get round the list with an answer that names no client", async () => {
    const { clientId: _, ...nameless } = script["auth/token"]();
    const { text, names } = await ask({ script: { ...script, "auth/token": () => nameless } });
    expect(JSON.parse(text)).toMatchObject({ error: "unauthorized_client" });
    expect(names).not.toContain("accounts.verifyPassword");
  });

  it("is refused when the engine sees a password grant in another grant type", async () => {
    const { text, names } = await ask({ passwordGrantClients: [] }, { ...body, grant_type: "Password" });
    expect(JSON.parse(text)).toMatchObject({ error: "unauthorized_client" });
    expect(names).toEqual(["auth/token", "auth/token/fail"]);
  });
});
