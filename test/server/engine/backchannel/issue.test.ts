import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { contentOf, summary, type TestEngine } from "../../../support/engine.ts";
import {
  freshTicket,
  issuedTicket,
  openBackchannelEngine,
  ping,
  push,
  storedTicket,
  yes,
} from "./backchannel-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openBackchannelEngine();
});
afterEach(() => test.close());

const issue = (ticket: unknown) => test.engine["backchannel/authentication/issue"]({ ticket } as never);

describe("issuing an auth_req_id", () => {
  it("gives it to the client, and keeps no more of it than its hash", async () => {
    const ticket = await freshTicket(test);
    test.clock.advance(100_000);
    const answer = (await issue(ticket)) as { authReqId: string };
    const { authReqId } = answer;
    expect(answer).toEqual({
      resultCode: "A183001",
      resultMessage: expect.stringMatching(/^\[A183001\] /),
      action: "OK",
      responseContent: JSON.stringify({ auth_req_id: authReqId, expires_in: 300, interval: 5 }),
      authReqId: expect.stringMatching(/^[\w-]{43}$/),
      expiresIn: 300,
      interval: 5,
    });
    const stored = await storedTicket(test, ticket);
    expect(stored).toMatchObject({
      aliasHash: hashOf(authReqId),
      expiresAt: test.clock() + 300_000,
      document: { issued: true },
    });
    expect(JSON.stringify(stored)).not.toContain(authReqId);
  });

  it("takes the interval of the service, and tells none to a client that does not poll", async () => {
    await test.setService({ backchannelPollingInterval: 9 });
    expect(await issue(await freshTicket(test, { client: ping }))).toMatchObject({ interval: 9 });
    const pushed = await issue(await freshTicket(test, { client: push }));
    expect(JSON.parse(contentOf(pushed))).toEqual({ auth_req_id: expect.any(String), expires_in: 300 });
  });

  it("lives for as long as the client asked for", async () => {
    const ticket = await freshTicket(test, { parameters: { requested_expiry: "60" } });
    expect(await issue(ticket)).toMatchObject({ expiresIn: 60 });
    expect((await storedTicket(test, ticket)).expiresAt).toBe(test.clock() + 60_000);
  });

  it("leaves the ticket for the decision", async () => {
    const { ticket } = await issuedTicket(test);
    const answer = await test.engine["backchannel/authentication/complete"]({ ticket, ...yes });
    expect(answer).toMatchObject({ action: "NO_ACTION" });
  });
});

describe("issuing an auth_req_id is refused", () => {
  it.each([[undefined], [null], [""], [5]])("without a ticket: %j", async (ticket) => {
    expect(summary(await issue(ticket))).toEqual({
      action: "INTERNAL_SERVER_ERROR",
      code: "A182201",
      error: "server_error",
    });
  });

  const invalid = (code: string) => ({ action: "INVALID_TICKET", code, error: "server_error" });

  it("for a ticket that is unknown, used, expired or decided upon", async () => {
    expect(summary(await issue("unknown"))).toEqual(invalid("A181201"));
    const { ticket, authReqId } = await issuedTicket(test);
    const before = await storedTicket(test, ticket);
    expect(summary(await issue(ticket))).toEqual(invalid("A181205"));
    expect(summary(await issue(authReqId))).toEqual(invalid("A181201"));
    expect(await storedTicket(test, ticket)).toEqual(before);
    await test.engine["backchannel/authentication/complete"]({ ticket, ...yes });
    expect(summary(await issue(ticket))).toEqual(invalid("A181204"));
    const late = await freshTicket(test);
    test.clock.advance(300_000);
    expect(summary(await issue(late))).toEqual(invalid("A181203"));
  });

  it("for a ticket that was failed", async () => {
    const ticket = await freshTicket(test);
    await test.engine["backchannel/authentication/fail"]({ ticket, reason: "UNKNOWN_USER_ID" });
    expect(summary(await issue(ticket))).toEqual(invalid("A181204"));
  });
});
