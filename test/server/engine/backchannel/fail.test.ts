import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentOf, type TestEngine } from "../../../support/engine.ts";
import { freshTicket, issuedTicket, openBackchannelEngine, storedTicket, yes } from "./backchannel-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openBackchannelEngine();
});
afterEach(() => test.close());

const fail = (request: Record<string, unknown>) =>
  test.engine["backchannel/authentication/fail"](request as never);

describe("failing a backchannel authentication request", () => {
  it.each([
    ["ACCESS_DENIED", "FORBIDDEN", "access_denied"],
    ["EXPIRED_LOGIN_HINT_TOKEN", "BAD_REQUEST", "expired_login_hint_token"],
    ["INVALID_BINDING_MESSAGE", "BAD_REQUEST", "invalid_binding_message"],
    ["INVALID_TARGET", "BAD_REQUEST", "invalid_target"],
    ["INVALID_USER_CODE", "BAD_REQUEST", "invalid_user_code"],
    ["MISSING_USER_CODE", "BAD_REQUEST", "missing_user_code"],
    ["SERVER_ERROR", "INTERNAL_SERVER_ERROR", "server_error"],
    ["UNAUTHORIZED_CLIENT", "BAD_REQUEST", "unauthorized_client"],
    ["UNKNOWN_USER_ID", "BAD_REQUEST", "unknown_user_id"],
    [undefined, "INTERNAL_SERVER_ERROR", "server_error"],
    [null, "INTERNAL_SERVER_ERROR", "server_error"],
  ])("for %s answers %s with %s, and ends the ticket", async (reason, action, error) => {
    const ticket = await freshTicket(test);
    expect(await fail({ ticket, reason })).toEqual({
      resultCode: "A185001",
      resultMessage: expect.stringMatching(/^\[A185001\] /),
      action,
      responseContent: JSON.stringify({ error }),
    });
    expect((await storedTicket(test, ticket)).spentAt).toBe(test.clock());
  });

  it("passes the caller's words on, as far as the service wants errors explained", async () => {
    const texts = { errorDescription: "No.", errorUri: "https://as.example/no" };
    expect(JSON.parse(contentOf(await fail({ reason: "ACCESS_DENIED", ...texts })))).toEqual({
      error: "access_denied",
      error_description: "No.",
      error_uri: "https://as.example/no",
    });
    await test.setService({ errorDescriptionOmitted: true, errorUriOmitted: true });
    expect(contentOf(await fail({ reason: "ACCESS_DENIED", ...texts }))).toBe('{"error":"access_denied"}');
  });

  it("needs no ticket, and minds none that is not there", async () => {
    for (const ticket of [undefined, null, "", 5, "unknown", "\u0000"]) {
      expect(await fail({ ticket, reason: "UNKNOWN_USER_ID" })).toMatchObject({ action: "BAD_REQUEST" });
    }
    expect(test.artifacts()).toBe(0);
  });

  it("does nothing for a reason that does not exist", async () => {
    const ticket = await freshTicket(test);
    for (const reason of ["OTHER", "constructor", 5, {}]) {
      expect(await fail({ ticket, reason })).toMatchObject({
        action: "INTERNAL_SERVER_ERROR",
        resultCode: "A902208",
      });
    }
    expect((await storedTicket(test, ticket)).spentAt).toBeUndefined();
  });

  it("lets nothing come of the request any more, whatever was decided", async () => {
    const { ticket } = await issuedTicket(test);
    await fail({ ticket, reason: "ACCESS_DENIED" });
    const late = await test.engine["backchannel/authentication/complete"]({ ticket, ...yes });
    expect(late).toMatchObject({ action: "SERVER_ERROR", resultCode: "A196203" });
    const decided = await issuedTicket(test);
    await test.engine["backchannel/authentication/complete"]({ ticket: decided.ticket, ...yes });
    await fail({ ticket: decided.ticket, reason: "ACCESS_DENIED" });
    expect((await storedTicket(test, decided.ticket)).spentAt).toBe(test.clock());
  });
});
