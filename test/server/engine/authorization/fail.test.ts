import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  expectError,
  expectRedirectedError,
  leavingNothing,
  openAuthorizationEngine,
  redirect,
  site,
  type TestEngine,
  ticketFor,
} from "./authorization-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
});
afterEach(() => test.close());

const fail = (ticket: unknown, reason: unknown = "DENIED", more: object = {}) =>
  test.engine["auth/authorization/fail"]({ ticket, reason, ...more } as never);

describe("fail: every reason is an error of its own (authlete-api 2.5)", () => {
  it.each([
    ["UNKNOWN", "A060307", "server_error"],
    ["NOT_LOGGED_IN", "A060301", "login_required"],
    ["MAX_AGE_NOT_SUPPORTED", "A060302", "login_required"],
    ["EXCEEDS_MAX_AGE", "A060303", "login_required"],
    ["DIFFERENT_SUBJECT", "A060304", "login_required"],
    ["ACR_NOT_SATISFIED", "A060305", "unmet_authentication_requirements"],
    ["DENIED", "A060306", "access_denied"],
    ["SERVER_ERROR", "A060308", "server_error"],
    ["NOT_AUTHENTICATED", "A060309", "login_required"],
    ["ACCOUNT_SELECTION_REQUIRED", "A060310", "account_selection_required"],
    ["CONSENT_REQUIRED", "A060311", "consent_required"],
    ["INTERACTION_REQUIRED", "A060312", "interaction_required"],
    ["INVALID_TARGET", "A060313", "invalid_target"],
    ["INVALID_SCOPE", "A060314", "invalid_scope"],
    ["UNAUTHORIZED_CLIENT", "A060315", "unauthorized_client"],
    ["TEMPORARILY_UNAVAILABLE", "A060316", "temporarily_unavailable"],
  ])("%s: %s %s", async (reason, code, error) => {
    const ticket = await ticketFor(test);
    const issued = test.issued();
    expectRedirectedError(await fail(ticket, reason), { code, error });
    expect(test.issued()).toBe(issued);
    expectError(await leavingNothing(test, () => fail(ticket, reason)), {
      code: "A059202",
      error: "invalid_request",
    });
  });

  it.each([undefined, null, "", "denied", "toString", 5])(
    "%o is no reason: the ticket stays",
    async (reason) => {
      const ticket = await ticketFor(test);
      const answer = await leavingNothing(test, () =>
        test.engine["auth/authorization/fail"]({ ticket, reason } as never),
      );
      expectError(answer, { code: "A060201", error: "server_error", action: "INTERNAL_SERVER_ERROR" });
      expect((await fail(ticket)).action).toBe("LOCATION");
    },
  );
});

describe("fail: the description", () => {
  it("takes the place of the text", async () => {
    const answer = await fail(await ticketFor(test), "DENIED", { description: "Not today." });
    expect(answer.resultMessage).toBe("[A060306] Not today.");
    expect(redirect(answer).parameters.error_description).toBe("[A060306] Not today.");
  });

  it("keeps to the characters of RFC 6749 4.1.2.1", async () => {
    const answer = await fail(await ticketFor(test), "DENIED", { description: 'a"b\\c\r\nü\u{1f511}' });
    const { error_description: text = "" } = redirect(answer).parameters;
    expect(text).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(text.startsWith("[A060306] a'b?c??")).toBe(true);
  });

  it("and the error_uri are left out where the service wants that", async () => {
    await test.setService({ errorDescriptionOmitted: true, errorUriOmitted: true, issSuppressed: true });
    const answer = await fail(await ticketFor(test));
    expect(redirect(answer).parameters).toEqual({ error: "access_denied", state: "the state" });
  });
});

describe("fail: the way back", () => {
  it.each([
    ["code", undefined, "query"],
    ["code", "fragment", "fragment"],
    ["token", undefined, "fragment"],
    ["id_token", undefined, "fragment"],
  ])("of %s by %s is the %s", async (responseType, mode, place) => {
    const ticket = await ticketFor(test, { response_type: responseType, response_mode: mode });
    expect(redirect(await fail(ticket)).place).toBe(place);
  });

  it("of form_post is a form", async () => {
    const answer = await fail(await ticketFor(test, { response_mode: "form_post" }));
    expect(answer).toMatchObject({ action: "FORM", resultCode: "A060306" });
    expect((answer as { responseContent: string }).responseContent).toContain('value="access_denied"');
  });
});

describe("fail: tickets", () => {
  it("that are missing, unknown, or have expired", async () => {
    const fault = { code: "A059201", error: "server_error", action: "INTERNAL_SERVER_ERROR" };
    expectError(await fail(""), fault);
    expectError(await fail(5), fault);
    expectError(await fail("unknown"), { code: "A059202", error: "invalid_request" });
    const ticket = await ticketFor(test);
    test.clock.advance(24 * 3600 * 1000);
    expectError(await fail(ticket), { code: "A059301", error: "invalid_request" });
  });

  it("of a client that is locked by now send nobody anywhere", async () => {
    const ticket = await ticketFor(test);
    await test.setClient(site.id, { locked: true });
    expectError(await leavingNothing(test, () => fail(ticket)), {
      code: "A045303",
      error: "invalid_request",
    });
  });
});
