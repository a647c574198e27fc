import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backend, freshValue, type Gate, openGate } from "../../support/gate.ts";
import { engineFailures, failEngine, openActor, outcomeOf, passwordRequest, repairEngine } from "./actors.ts";

let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
});
afterEach(() => gate.close());

type Call = (
  name: "fail" | "request" | "introspect" | "revoke",
  input: never,
) => ReturnType<typeof outcomeOf>;

/** The procedures as one kind of caller reaches them. */
async function caller(kind: "backend" | "server"): Promise<Call> {
  if (kind === "server") {
    const { token } = gate.server();
    return (name, input) => outcomeOf(token[name](input));
  }
  const { call } = await gate.backend();
  return (name, input) => call<Record<string, unknown>>(`token.${name}`, input);
}

const CONCURRENT = 32;
const fails = () => gate.callsOf("auth/token/fail").length;
const input = (value: object) => value as never;

describe.each(["backend", "server"] as const)("token.fail of a %s", (kind) => {
  it.each([
    ["INVALID_RESOURCE_OWNER_CREDENTIALS", "invalid_request"],
    ["UNKNOWN", "server_error"],
  ])("spends a ticket without tokens, and gives the error for the client: %s", async (reason, error) => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    const { data } = await (await caller(kind))("fail", input({ ticket, reason }));
    expect(data).toMatchObject({ action: "BAD_REQUEST" });
    expect(JSON.parse(String(data?.responseContent))).toMatchObject({ error });
    expect((await actor.issue(ticket)).error?.code).toBe("TICKET_INVALID");
    expect(gate.callsOf("auth/token/issue")).toEqual([]);
  });

  it("spends it once of 32 calls", async () => {
    const call = await caller(kind);
    const ticket = await (await openActor(gate, kind)).ticket();
    const failing = () => call("fail", input({ ticket, reason: "UNKNOWN" }));
    const outcomes = await Promise.all(Array.from({ length: CONCURRENT }, failing));
    expect(outcomes.filter(({ data }) => data?.action === "BAD_REQUEST")).toHaveLength(1);
    expect(outcomes.filter(({ error }) => error?.code === "TICKET_INVALID")).toHaveLength(CONCURRENT - 1);
    expect(fails()).toBe(1);
  });

  it("against token.issue at the same moment: one of the two happens", async () => {
    const call = await caller(kind);
    const actor = await openActor(gate, kind);
    for (let round = 0; round < 8; round++) {
      const ticket = await actor.ticket();
      const issue = () => actor.issue(ticket);
      const fail = () => call("fail", input({ ticket, reason: "UNKNOWN" }));
      const outcomes = await Promise.all(round % 2 ? [issue(), fail()] : [fail(), issue()]);
      expect(outcomes.filter(({ data }) => data !== undefined)).toHaveLength(1);
    }
  });

  it("of a ticket that is not there is TICKET_INVALID", async () => {
    const { error } = await (await caller(kind))("fail", input({ ticket: freshValue(), reason: "UNKNOWN" }));
    expect(error?.code).toBe("TICKET_INVALID");
  });

  it("is final even when the engine cannot be reached", async () => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    const call = await caller(kind);
    failEngine(gate, "auth/token/fail", "cannot be reached");
    expect((await call("fail", input({ ticket, reason: "UNKNOWN" }))).error?.code).toBe("ENGINE_UNAVAILABLE");
    repairEngine(gate);
    expect((await actor.issue(ticket)).error?.code).toBe("TICKET_INVALID");
    expect(gate.callsOf("auth/token/issue")).toEqual([]);
  });
});

it("token.fail of a back end does not touch the ticket of another caller", async () => {
  const server = await openActor(gate, "server");
  const ticket = await server.ticket();
  const { error } = await (await caller("backend"))("fail", input({ ticket, reason: "UNKNOWN" }));
  expect(error?.code).toBe("TICKET_INVALID");
  expect(fails()).toBe(0);
  expect((await server.issue(ticket)).data).toMatchObject({ action: "OK" });
});

describe.each(["backend", "server"] as const)("of a %s", (kind) => {
  const credentials = { clientId: backend.id, clientSecret: backend.secret };
  const inputs = {
    request: passwordRequest(),
    introspect: { token: freshValue() },
    revoke: { parameters: "token=unknown", ...credentials },
  };
  const operations = {
    request: "auth/token",
    introspect: "auth/introspection",
    revoke: "auth/revocation",
  } as const;
  const names = ["request", "introspect", "revoke"] as const;

  it.each(names)("token.%s is the engine's answer", async (name) => {
    const call = await caller(kind);
    const { data } = await call(name, input(inputs[name]));
    const answered = { request: "PASSWORD", introspect: "UNAUTHORIZED", revoke: "OK" };
    expect(data?.action).toBe(answered[name]);
  });

  it.each(names)(
    "token.%s is ENGINE_UNAVAILABLE when the engine cannot be reached or is not understood",
    async (name) => {
      const call = await caller(kind);
      const failures = [
        engineFailures["cannot be reached"],
        engineFailures["answers with an action nobody knows"],
      ];
      for (const failure of failures) {
        const mine = (request: Record<string, unknown>) => request.token === inputs.introspect.token;
        gate.intercept(({ operation, request }, send) =>
          operation === operations[name] && (name !== "introspect" || mine(request)) ? failure() : send(),
        );
        const { error } = await call(name, input(inputs[name]));
        expect(error).toMatchObject({ code: "ENGINE_UNAVAILABLE", correlationId: expect.any(String) });
      }
    },
  );

  it("a token is good until token.revoke, with the one coupled to it", async () => {
    const call = await caller(kind);
    const actor = await openActor(gate, kind);
    const { data } = await actor.issue(await actor.ticket());
    const introspect = async () =>
      (await call("introspect", input({ token: data?.accessToken, scopes: ["profile"] }))).data;
    expect(await introspect()).toMatchObject({ action: "OK", sufficient: true, subject: actor.subject });
    const parameters = new URLSearchParams({ token: String(data?.refreshToken) }).toString();
    await call("revoke", input({ parameters, ...credentials }));
    expect(await introspect()).toMatchObject({ action: "UNAUTHORIZED", existent: false });
  });
});
