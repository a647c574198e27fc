import { createHash } from "node:crypto";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineUnavailable } from "../../../src/server/authlete/error.ts";
import { authenticateBackend } from "../../../src/server/flow/authenticate-backend.ts";
import { requestCookieJar } from "../../../src/server/session/cookie.ts";
import { type Actor, createContext } from "../../../src/server/trpc/context.ts";
import { appRouter } from "../../../src/server/trpc/router.ts";
import {
  backend as backendClient,
  clientCredentialsToken,
  demo,
  type Gate,
  openGate,
  procedureRequest,
} from "../../support/gate.ts";

/** The same bytes in the same order for every gate, so that two gates mint the same values. */
function sameRandom() {
  let count = 0;
  return (bytes: number) => {
    count += 1;
    return new Uint8Array(createHash("shake256", { outputLength: bytes }).update(String(count)).digest());
  };
}

let direct: Gate;
let adapter: Gate;
beforeAll(async () => {
  direct = await openGate({ overrides: { random: sameRandom() } });
  adapter = await openGate({ overrides: { random: sameRandom() } });
});
afterAll(() => Promise.all([direct.close(), adapter.close()]));

/** What our endpoint would be if tRPC's own adapter answered everything. */
async function answeredByAdapter({ services }: Gate, request: Request): Promise<Response> {
  const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  const cookies = requestCookieJar(request.headers.get("cookie"));
  const actor: Actor =
    token === undefined ? { kind: "browser", cookies } : await authenticateBackend(services, token);
  const context = createContext(services, { actor, origin: services.config.origin });
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () => context,
  });
}

type Step = { name: string; input?: unknown; bearer?: boolean; cookie?: string; body?: string };
type Told = { status: number; type: string | null; text: string };

/**
 * Takes one step at both gates and demands the same answer, byte for byte. Of the status only what the adapter can tell: it knows
 * one for all failures of a server.
 */
async function both({ name, bearer, ...step }: Step): Promise<Told> {
  const at = async (gate: Gate, answer: (request: Request) => Promise<Response>): Promise<Told> => {
    const token = bearer ? await clientCredentialsToken(gate.services, backendClient) : undefined;
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(step.cookie === undefined ? {} : { cookie: step.cookie }),
    };
    const spoil = { headers, ...(step.body === undefined ? {} : { body: step.body }) };
    const response = await answer(procedureRequest(name, step.input, spoil));
    const type = response.headers.get("content-type");
    return { status: response.status, type, text: await response.text() };
  };
  const own = await at(direct, direct.trpc);
  const other = await at(adapter, (request) => answeredByAdapter(adapter, request));
  expect(own).toEqual({ ...other, status: other.status === 500 ? own.status : other.status });
  return own;
}

const credentials = { clientId: backendClient.id, clientSecret: backendClient.secret };
const grant = { parameters: "grant_type=password&username=u&password=p&scope=profile", ...credentials };
const login = { username: demo.username, password: demo.password };

/** The value that stands in an answer under a name. */
function valueIn({ text }: Told, name: string): string {
  return (
    (JSON.parse(text) as { result: { data: { json: Record<string, string> } } }).result.data.json[name] ?? ""
  );
}

async function ticket(): Promise<string> {
  return valueIn(await both({ name: "token.request", input: grant, bearer: true }), "ticket");
}

describe("the short way and tRPC's adapter give the same bytes for the same mutation", () => {
  it("login.password", async () => {
    expect(await both({ name: "login.password", input: login })).toMatchObject({ status: 200 });
  });

  it("token.issue with a date in its answer", async () => {
    const input = {
      ticket: await ticket(),
      subject: "usr_1",
      properties: [{ key: "k", value: "\u2028<\u00e9" }],
    };
    const told = await both({ name: "token.issue", input, bearer: true });
    expect(told).toMatchObject({ status: 200, type: "application/json" });
    expect(told.text).toContain('"meta":{"values":{"');
  });

  it("token.fail, token.introspect, token.revoke, session.signOut", async () => {
    const failed = { ticket: await ticket(), reason: "INVALID_TARGET" };
    const unknown = { parameters: "token=unknown", ...credentials };
    for (const step of [
      { name: "token.fail", input: failed, bearer: true },
      { name: "token.introspect", input: { token: "unknown" }, bearer: true },
      { name: "token.revoke", input: unknown, bearer: true },
      { name: "session.signOut" },
      { name: "session.signOut", body: "" },
    ])
      expect(await both(step)).toMatchObject({ status: 200 });
  });
});

const refusals: [title: string, status: number, step: Step][] = [
  ["BAD_REQUEST with fields", 400, { name: "login.password", input: { username: 7, extra: 1 } }],
  ["BAD_REQUEST without input", 400, { name: "login.password", body: "" }],
  ["BAD_REQUEST without JSON", 400, { name: "login.password", body: "{]" }],
  ["BAD_REQUEST without envelope", 400, { name: "login.password", body: "{}" }],
  ["BAD_REQUEST for null", 400, { name: "login.password", body: "null" }],
  ["BAD_REQUEST for an unsafe name", 400, { name: "login.password", body: '{"json":{"constructor":1}}' }],
  ["CREDENTIALS_INVALID", 401, { name: "login.password", input: { ...login, password: "no" } }],
  ["UNAUTHORIZED", 401, { name: "token.request", input: grant }],
  ["FORBIDDEN", 403, { name: "login.password", input: login, bearer: true }],
  ["TICKET_INVALID", 400, { name: "token.issue", input: { ticket: "none", subject: "usr_1" } }],
  ["TICKET_INVALID", 400, { name: "token.issue", input: { ticket: "none", subject: "usr_1" }, bearer: true }],
  ["NOT_FOUND", 404, { name: "token.nothing", input: {} }],
  ["NOT_FOUND for a group", 404, { name: "token", input: {} }],
  ["NOT_FOUND for a name of every object", 404, { name: "toString", input: {} }],
  ["METHOD_NOT_ALLOWED", 405, { name: "session.current" }],
];

describe("the short way and tRPC's adapter give the same bytes for the same refusal", () => {
  it.each(refusals)("%s (%i): %o", async (_, status, step) => {
    expect(await both(step)).toMatchObject({ status, type: "application/json" });
  });

  it.each([
    ["INTERNAL_ERROR", 500, new Error("x")],
    ["ENGINE_UNAVAILABLE", 503, new EngineUnavailable("auth/token", "x", { outcomeUnknown: false })],
  ])("%s (%i)", async (_, status, error) => {
    for (const gate of [direct, adapter])
      gate.intercept(({ operation }, send) => (operation === "auth/token" ? Promise.reject(error) : send()));
    const told = await both({ name: "login.password", input: login });
    for (const gate of [direct, adapter]) gate.intercept((_call, send) => send());
    expect(told).toMatchObject({ status, type: "application/json" });
    expect(told.text).toContain('"correlationId":"');
  });
});
