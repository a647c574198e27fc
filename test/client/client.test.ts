import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { createTicketgateClient, type IssuedTokens } from "../../src/client/client.ts";
import { TicketgateClientError } from "../../src/client/client-error.ts";
import { createTokenEndpoint } from "../../src/server/http/token.ts";
import { backend, freshValue, type Gate, ORIGIN, openGate, secretOf } from "../support/gate.ts";

type Sent = { path: string; authorization: string | null };

let gate: Gate;
let sent: Sent[];
/** What happens to a request on its way; by default it arrives. */
let way: (request: Request, arrive: () => Promise<Response>) => Promise<Response>;

beforeEach(async () => {
  gate = await openGate();
  sent = [];
  way = (_, arrive) => arrive();
});
afterEach(() => gate.close());

function client(options: { clientSecret?: string; timeoutMs?: number } = {}) {
  const token = createTokenEndpoint(gate.services);
  return createTicketgateClient({
    origin: ORIGIN,
    clientId: backend.id,
    clientSecret: backend.secret,
    ...options,
    async fetch(url, init) {
      const request = new Request(url, init);
      const { pathname } = new URL(request.url);
      sent.push({ path: pathname, authorization: request.headers.get("authorization") });
      return way(request, () => (pathname === "/oauth/token" ? token(request) : gate.trpc(request)));
    },
  });
}

const parameters = new URLSearchParams({
  grant_type: "password",
  username: "u",
  password: "p",
  scope: "profile",
}).toString();
const credentials = { clientId: backend.id, clientSecret: backend.secret };

async function ticketFor(ticketgate: ReturnType<typeof client>): Promise<string> {
  const asked = await ticketgate.token.request({ parameters, ...credentials });
  if (asked.action !== "PASSWORD") throw new Error(asked.action);
  return asked.ticket;
}

describe("the typed client of a back end", () => {
  it("requests, issues, introspects and revokes on one access token of its own", async () => {
    const ticketgate = client();
    const ticket = await ticketFor(ticketgate);
    const issued = await ticketgate.token.issue({
      ticket,
      subject: "usr_1",
      properties: [{ key: "plan", value: "pro" }],
    });
    expectTypeOf(issued).toEqualTypeOf<IssuedTokens>();
    expect(issued).toMatchObject({ action: "OK", subject: "usr_1", scopes: ["profile"] });
    expect(issued.expiresAt).toEqual(new Date(gate.clock() + 3_600_000));
    expect(await ticketgate.token.introspect({ token: issued.accessToken })).toMatchObject({
      action: "OK",
      subject: "usr_1",
      properties: [{ key: "plan", value: "pro", hidden: true }],
    });
    const revocation = new URLSearchParams({ token: issued.accessToken }).toString();
    expect(await ticketgate.token.revoke({ parameters: revocation, ...credentials })).toMatchObject({
      action: "OK",
    });
    expect(await ticketgate.token.introspect({ token: issued.accessToken })).toMatchObject({
      action: "UNAUTHORIZED",
    });
    expect(sent.filter(({ path }) => path === "/oauth/token")).toHaveLength(1);
  });

  it("fails a ticket", async () => {
    const ticketgate = client();
    const ticket = await ticketFor(ticketgate);
    expect(
      await ticketgate.token.fail({ ticket, reason: "INVALID_RESOURCE_OWNER_CREDENTIALS" }),
    ).toMatchObject({
      action: "BAD_REQUEST",
    });
    await expect(ticketgate.token.issue({ ticket, subject: "usr_1" })).rejects.toMatchObject({
      code: "TICKET_INVALID",
    });
  });

  it("gives errors of the catalogue with the fields that are wrong, and the ticket is still good", async () => {
    const ticketgate = client();
    const ticket = await ticketFor(ticketgate);
    const failure = await ticketgate.token.issue({ ticket, subject: "" }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TicketgateClientError);
    expect(failure).toMatchObject({ code: "BAD_REQUEST", status: 400, fields: { subject: ["is empty"] } });
    expect(await ticketgate.token.issue({ ticket, subject: "usr_1" })).toMatchObject({ action: "OK" });
  });

  it("asks for another access token when its own is refused, and sends the call again", async () => {
    const ticketgate = client();
    const ticket = await ticketFor(ticketgate);
    gate.clock.advance(3_601_000);
    const fresh = await ticketFor(ticketgate);
    expect(await ticketgate.token.issue({ ticket: fresh, subject: "usr_1" })).toMatchObject({ action: "OK" });
    expect(fresh).not.toBe(ticket);
    expect(sent.filter(({ path }) => path === "/oauth/token")).toHaveLength(2);
    expect(gate.callsOf("auth/token/issue")).toHaveLength(1);
  });

  it("never sends a ticket again when the answer is lost", async () => {
    const ticketgate = client();
    const ticket = await ticketFor(ticketgate);
    way = async (_, arrive) => {
      await arrive();
      throw new TypeError(`socket closed ${freshValue()}`);
    };
    const issue = () => ticketgate.token.issue({ ticket, subject: "usr_1" });
    await expect(issue()).rejects.toMatchObject({ code: "UNREACHABLE", status: 0 });
    expect(gate.callsOf("auth/token/issue")).toHaveLength(1);
    way = (_, arrive) => arrive();
    await expect(issue()).rejects.toMatchObject({ code: "TICKET_INVALID" });
    expect(gate.callsOf("auth/token/issue")).toHaveLength(1);
  });

  it("says so when there is no answer in time", async () => {
    const ticketgate = client({ timeoutMs: 20 });
    way = (request) =>
      new Promise((_, reject) =>
        request.signal.addEventListener("abort", () => reject(request.signal.reason)),
      );
    await expect(ticketFor(ticketgate)).rejects.toMatchObject({ code: "UNREACHABLE", message: /in time/ });
  });

  it("holds neither its secret nor its token where they can be seen", async () => {
    const ticketgate = client({ clientSecret: secretOf("wrong") });
    const failure = await ticketFor(ticketgate).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "TOKEN_REFUSED", message: "invalid_client" });
    expect(inspect([failure, ticketgate], { depth: 10, showHidden: true })).not.toContain(secretOf("wrong"));
    const good = client();
    await ticketFor(good);
    const token = sent.at(-1)?.authorization?.slice("Bearer ".length) as string;
    expect(token.length).toBeGreaterThan(30);
    expect(inspect(good, { depth: 10, showHidden: true })).not.toContain(token);
  });

  it.each(["http://gate.example", "ftp://gate.example"])(
    "refuses the origin %s, where the secret could be read",
    (origin) => {
      expect(() => createTicketgateClient({ origin, clientId: "1", clientSecret: "s" })).toThrow(TypeError);
      expect(() =>
        createTicketgateClient({ origin: "http://localhost:1", clientId: "1", clientSecret: "s" }),
      ).not.toThrow();
    },
  );
});
