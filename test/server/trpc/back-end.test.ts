import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Gate, openGate } from "../../support/gate.ts";
import { addBackend } from "../flow/actors.ts";

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterEach(() => gate.intercept((_, send) => send()));
afterAll(() => gate.close());

/** What the engine says of a good access token of a back end. */
const good = {
  action: "OK",
  clientId: 2001,
  scopes: ["token:issue"],
  grantType: "CLIENT_CREDENTIALS",
  usable: true,
  clientAttributes: [],
};

/** `token.fail` by a caller of whose token the engine says that. */
async function failAs(introspection: Record<string, unknown>) {
  const backend = await gate.backend();
  const ticket = await backend.ticket();
  gate.intercept(async (call, send) => (call.operation === "auth/introspection" ? introspection : send()));
  const { status, error } = await backend.call("token.fail", { ticket, reason: "UNKNOWN" });
  gate.intercept((_, send) => send());
  const after = await backend.call("token.issue", { ticket, subject: "usr_1" });
  return { status, code: error?.code, ticketIsGood: after.status === 200 };
}

it("a token from client credentials with the scope token:issue is a back end's", async () => {
  expect(await failAs(good)).toEqual({ status: 200, code: undefined, ticketIsGood: false });
});

it("an engine that does not say which grant it was is believed", async () => {
  const { grantType: _, ...withoutGrant } = good;
  expect(await failAs(withoutGrant)).toMatchObject({ status: 200 });
});

/** Ticketgate looks at each of these itself, whatever the engine thinks of the token. */
const spoilt: [title: string, change: Record<string, unknown>][] = [
  ["a subject", { subject: "usr_1", grantType: undefined }],
  ["an empty subject", { subject: "", grantType: undefined }],
  ["the grant of a person", { grantType: "PASSWORD" }],
  ["the grant of a code", { grantType: "AUTHORIZATION_CODE" }],
  ["no client", { clientId: undefined }],
  ["no scopes", { scopes: undefined }],
  ["other scopes", { scopes: ["token:issuer", "token", "profile"] }],
  ["no such token", { action: "BAD_REQUEST" }],
  ["an expired token", { action: "UNAUTHORIZED" }],
  ["too few scopes", { action: "FORBIDDEN" }],
];

it.each(spoilt)("with %s it is nobody's, and nothing happens to the ticket", async (_, change) => {
  expect(await failAs({ ...good, ...change })).toEqual({
    status: 401,
    code: "UNAUTHORIZED",
    ticketIsGood: true,
  });
});

it.each(["INTERNAL_SERVER_ERROR", "UNKNOWN_ACTION"])(
  "an engine that answers %s is not available, and nothing happens to the ticket",
  async (action) => {
    expect(await failAs({ action, receivedAction: "NEW" })).toEqual({
      status: 503,
      code: "ENGINE_UNAVAILABLE",
      ticketIsGood: true,
    });
  },
);

it("the engine is asked for the scope, too", async () => {
  await (await gate.backend()).ticket();
  expect(gate.callsOf("auth/introspection").at(-1)?.request).toMatchObject({ scopes: ["token:issue"] });
});

it("another back end's ticket is nobody's here", async () => {
  const ticket = await (await gate.backend()).ticket();
  const backend = await gate.backend();
  await addBackend(gate, "2999");
  gate.intercept(async (call, send) =>
    call.operation === "auth/introspection" ? { ...good, clientId: 2999 } : send(),
  );
  const refused = await backend.call("token.issue", { ticket, subject: "usr_1" });
  gate.intercept((_, send) => send());
  expect(refused).toMatchObject({ status: 400, error: { code: "TICKET_INVALID" } });
  expect(await backend.call("token.issue", { ticket, subject: "usr_1" })).toMatchObject({ status: 200 });
});
