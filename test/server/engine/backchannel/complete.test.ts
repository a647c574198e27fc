import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { basic, contentOf, form, oauthError, type TestEngine } from "../../../support/engine.ts";
import {
  type BackchannelClient,
  freshTicket,
  issuedTicket,
  NOTIFICATION_ENDPOINT,
  NOTIFICATION_TOKEN,
  openBackchannelEngine,
  ping,
  poll,
  storedTicket,
  yes,
} from "./backchannel-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openBackchannelEngine();
});
afterEach(() => test.close());

const complete = (request: Record<string, unknown>) =>
  test.engine["backchannel/authentication/complete"](request as never);

/** What the client gets at the token endpoint. */
const redeem = (authReqId: string, client: BackchannelClient = poll) =>
  test.engine["auth/token"]({
    parameters: form({ grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: authReqId }),
    ...basic(client),
  });

describe("completing for a client that polls", () => {
  it("keeps all that the caller says of the user", async () => {
    const { ticket, authReqId } = await issuedTicket(test, {
      parameters: { resource: "https://api.example" },
    });
    const answer = await complete({
      ticket,
      ...yes,
      sub: "pseudonym",
      authTime: 1_893_456_000,
      acr: "high",
      claims: '{"name":"Alice"}',
      properties: [{ key: "a", value: "1" }],
      scopes: ["openid", "email"],
      consentedClaims: ["name"],
      idtHeaderParams: '{"x":1}',
      jwtAtClaims: '{"y":2}',
      accessTokenDuration: 60,
      refreshTokenDuration: 120,
      idTokenAudType: "string",
    });
    expect(answer).toEqual({
      resultCode: "A198001",
      resultMessage: expect.stringMatching(/^\[A198001\] /),
      action: "NO_ACTION",
      clientId: 5000,
      clientIdAliasUsed: false,
      clientName: "Bank",
      deliveryMode: "POLL",
      authReqId,
      resources: ["https://api.example"],
    });
    expect((await storedTicket(test, ticket)).document.outcome).toMatchObject({
      result: "AUTHORIZED",
      grant: {
        subject: "alice",
        scopes: ["openid", "email"],
        resources: ["https://api.example"],
        properties: [{ key: "a", value: "1", hidden: false }],
        acr: "high",
        authTime: 1_893_456_000,
        idToken: { sub: "pseudonym", claims: '{"name":"Alice"}', headerParameters: '{"x":1}' },
      },
    });
    expect(await redeem(authReqId)).toMatchObject({ action: "OK", subject: "alice" });
  });

  it.each([
    ["ACCESS_DENIED", "access_denied"],
    ["TRANSACTION_FAILED", "expired_token"],
  ])("keeps %s, for the client to get %s", async (result, error) => {
    const { ticket, authReqId } = await issuedTicket(test);
    const texts = { errorDescription: "No.", errorUri: "https://as.example/no" };
    expect(await complete({ ticket, result, ...texts })).toMatchObject({
      action: "NO_ACTION",
      resultCode: "A198002",
    });
    expect(oauthError(await redeem(authReqId))).toEqual({
      error,
      error_description: "No.",
      error_uri: "https://as.example/no",
    });
  });
});

describe("completing for a client that is pinged", () => {
  it.each(["AUTHORIZED", "ACCESS_DENIED", "TRANSACTION_FAILED"])(
    "tells it that %s is there, not what",
    async (result) => {
      const { ticket, authReqId } = await issuedTicket(test, { client: ping });
      const answer = await complete({ ticket, ...yes, result });
      expect(answer).toMatchObject({
        action: "NOTIFICATION",
        resultCode: result === "AUTHORIZED" ? "A198001" : "A198002",
        deliveryMode: "PING",
        authReqId,
        responseContent: JSON.stringify({ auth_req_id: authReqId }),
        clientNotificationEndpoint: NOTIFICATION_ENDPOINT,
        clientNotificationToken: NOTIFICATION_TOKEN,
      });
      expect(answer).not.toHaveProperty("accessToken");
      const redeemed = await redeem(authReqId, ping);
      expect(redeemed.action).toBe(result === "AUTHORIZED" ? "OK" : "BAD_REQUEST");
    },
  );

  it("tells it of a mistake in the call too: nothing will come any more", async () => {
    const { ticket, authReqId } = await issuedTicket(test, { client: ping });
    expect(await complete({ ticket, ...yes, subject: "" })).toMatchObject({
      action: "NOTIFICATION",
      resultCode: "A188201",
      responseContent: JSON.stringify({ auth_req_id: authReqId }),
    });
    expect(oauthError(await redeem(authReqId, ping)).error).toBe("expired_token");
    expect(await complete({ ticket, ...yes })).toMatchObject({ resultCode: "A196203" });
  });

  it("needs an endpoint to tell it at", async () => {
    const { ticket } = await issuedTicket(test, { client: ping });
    await test.setClient(ping.id, { bcNotificationEndpoint: "" });
    expect(await complete({ ticket, ...yes })).toMatchObject({
      action: "SERVER_ERROR",
      resultCode: "A902301",
    });
    await test.setClient(ping.id, { bcNotificationEndpoint: NOTIFICATION_ENDPOINT });
    expect(await complete({ ticket, ...yes })).toMatchObject({ action: "NOTIFICATION" });
  });
});

describe("completing is refused", () => {
  const cases: [string, string, Record<string, unknown>][] = [
    ["A187201", "no result", { result: undefined }],
    ["A187201", "an unknown result", { result: "MAYBE" }],
    ["A188201", "no subject", { subject: undefined }],
    ["A188202", "a subject of 101 characters", { subject: "a".repeat(101) }],
    ["A188203", "a subject that is not ASCII", { subject: "ä" }],
    ["A189201", "a long sub", { sub: "a".repeat(101) }],
    ["A189202", "a sub that is not ASCII", { sub: "ä" }],
    ["A190201", "claims that are a list", { claims: "[]" }],
    ["A191201", "big properties", { properties: [{ key: "a", value: "x".repeat(50_000) }] }],
    ["A193201", "a long description", { result: "ACCESS_DENIED", errorDescription: "a".repeat(1001) }],
    ["A193202", "a long URI", { result: "ACCESS_DENIED", errorUri: "a".repeat(2001) }],
    ["A193203", "a URI that is none", { result: "ACCESS_DENIED", errorUri: "a b" }],
    ["A194201", "a long acr", { acr: "a".repeat(201) }],
    ["A194202", "an acr that is not ASCII", { acr: "ä" }],
    ["A195201", "a time before the epoch", { authTime: -1 }],
    ["A196205", "claims of the token that are no object", { jwtAtClaims: "1" }],
    ["A256201", "header parameters that are no object", { idtHeaderParams: "1" }],
  ];

  it.each(cases)("%s: %s", async (code, _, change) => {
    const { ticket, authReqId } = await issuedTicket(test);
    const before = test.artifacts();
    expect(await complete({ ticket, ...yes, ...change })).toEqual({
      resultCode: code,
      resultMessage: expect.stringMatching(new RegExp(`^\\[${code}\\] `)),
      action: "SERVER_ERROR",
    });
    expect(test.artifacts()).toBe(before);
    expect(oauthError(await redeem(authReqId)).error).toBe("authorization_pending");
    expect(await complete({ ticket, ...yes })).toMatchObject({ action: "NO_ACTION" });
  });

  it("for a ticket that is missing, unknown, not issued, expired or decided upon", async () => {
    const refused = async (ticket: unknown) => {
      const answer = await complete({ ticket, ...yes });
      expect(answer).toMatchObject({ action: "SERVER_ERROR" });
      return answer.resultCode;
    };
    for (const ticket of [undefined, null, "", 5]) expect(await refused(ticket)).toBe("A186201");
    const { ticket, authReqId } = await issuedTicket(test, { client: ping });
    expect(await refused("unknown")).toBe("A186202");
    expect(await refused(authReqId)).toBe("A186202");
    expect(await refused(await freshTicket(test))).toBe("A196204");
    await complete({ ticket, ...yes });
    expect(await refused(ticket)).toBe("A196203");
    const late = await issuedTicket(test, { client: ping });
    test.clock.advance(300_000);
    expect(await refused(late.ticket)).toBe("A196202");
  });

  it("while its client is locked", async () => {
    const { ticket } = await issuedTicket(test);
    await test.setClient(poll.id, { locked: true });
    expect(await complete({ ticket, ...yes })).toMatchObject({
      action: "SERVER_ERROR",
      resultCode: "A199301",
    });
    await test.setClient(poll.id, { locked: false });
    expect(await complete({ ticket, ...yes })).toMatchObject({ action: "NO_ACTION" });
  });

  it("with a defined answer, whatever it is", async () => {
    const { ticket } = await issuedTicket(test);
    const member = fc.constantFrom("result", "subject", "sub", "acr", "authTime", "claims", "properties");
    await fc.assert(
      fc.asyncProperty(fc.dictionary(member, fc.anything()), async (change) => {
        const { action } = await complete({ ticket, ...yes, ...change });
        expect(["NO_ACTION", "SERVER_ERROR"]).toContain(action);
      }),
    );
  });
});

describe("the notification token", () => {
  it("comes back for its ticket only", async () => {
    const other = `${NOTIFICATION_TOKEN}-other`;
    const first = await issuedTicket(test, { client: ping });
    const parameters = { client_notification_token: other };
    const second = await issuedTicket(test, { client: ping, parameters });
    expect(await complete({ ticket: second.ticket, ...yes })).toMatchObject({
      clientNotificationToken: other,
      authReqId: second.authReqId,
    });
    const answer = await complete({ ticket: first.ticket, ...yes });
    expect(answer).toMatchObject({ clientNotificationToken: NOTIFICATION_TOKEN, authReqId: first.authReqId });
    expect(contentOf(answer)).not.toContain(second.authReqId);
  });
});
