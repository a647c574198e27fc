import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import { anyText } from "../../../support/any-text.ts";
import { issueCertificate } from "../../../support/certificates.ts";
import { basic, clients, summary, type TestEngine } from "../../../support/engine.ts";
import {
  authenticate,
  freshTicket,
  NOTIFICATION_TOKEN,
  openBackchannelEngine,
  type Parameters,
  ping,
  poll,
  push,
  storedTicket,
} from "./backchannel-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openBackchannelEngine();
});
afterEach(() => test.close());

describe("backchannel authentication", () => {
  it("gives a ticket and what the caller needs to find and ask the user", async () => {
    await test.setService({
      attributes: [{ key: "s", value: "1" }],
      supportedAuthorizationDetailsTypes: ["transfer"],
    });
    await test.setClient(ping.id, { attributes: [{ key: "c", value: "2" }], clientIdAlias: "bank" });
    const parameters = {
      acr_values: "high low",
      binding_message: "W4SCT",
      user_code: "1234",
      requested_expiry: "120",
      resource: "https://api.example",
      authorization_details: '[{"type":"transfer","amount":"5"}]',
    };
    expect(await authenticate(test, { client: ping, parameters })).toEqual({
      resultCode: "A179001",
      resultMessage: expect.stringMatching(/^\[A179001\] /),
      action: "USER_IDENTIFICATION",
      ticket: expect.stringMatching(/^[\w-]{43}$/),
      clientId: 5001,
      clientIdAlias: "bank",
      clientIdAliasUsed: false,
      clientName: "Bank",
      clientAuthMethod: "CLIENT_SECRET_BASIC",
      deliveryMode: "PING",
      clientNotificationToken: NOTIFICATION_TOKEN,
      hintType: "LOGIN_HINT",
      hint: "alice@example.com",
      bindingMessage: "W4SCT",
      userCode: "1234",
      userCodeRequired: false,
      requestedExpiry: 120,
      scopes: [
        { name: "openid", defaultEntry: false },
        { name: "profile", defaultEntry: false },
      ],
      claimNames: expect.arrayContaining(["name", "updated_at"]),
      acrs: ["high", "low"],
      resources: ["https://api.example"],
      authorizationDetails: { elements: [{ type: "transfer", otherFields: '{"amount":"5"}' }] },
      serviceAttributes: [{ key: "s", value: "1" }],
      clientAttributes: [{ key: "c", value: "2" }],
    });
  });

  it("says only what there is", async () => {
    const answer = await authenticate(test, { parameters: { scope: "openid" } });
    expect(Object.keys(answer).toSorted()).toEqual(
      [
        ...["resultCode", "resultMessage", "action", "ticket", "clientId", "clientIdAliasUsed", "clientName"],
        ...["clientAuthMethod", "deliveryMode", "scopes", "hintType", "hint", "userCodeRequired"],
        "requestedExpiry",
      ].toSorted(),
    );
    expect(answer).toMatchObject({ requestedExpiry: 0, userCodeRequired: false });
  });

  it("keeps no secret and nothing about the user that can be read without the ticket", async () => {
    const parameters = { user_code: "secret-pin", binding_message: "bound-message" };
    const ticket = await freshTicket(test, { client: ping, parameters });
    const stored = JSON.stringify(await storedTicket(test, ticket));
    for (const value of [ticket, NOTIFICATION_TOKEN, "secret-pin", "bound-message", "alice@example.com"]) {
      expect(stored).not.toContain(value);
    }
  });

  it("seals the notification token for every ticket anew, and for polling clients keeps none", async () => {
    const sealed = async (ticket: string) =>
      (await storedTicket(test, ticket)).document.sealedNotificationToken;
    const [first, second] = [
      await sealed(await freshTicket(test, { client: ping })),
      await sealed(await freshTicket(test, { client: ping })),
    ];
    expect(first).toEqual(expect.any(String));
    expect(second).not.toBe(first);
    const parameters = { client_notification_token: NOTIFICATION_TOKEN };
    expect(await sealed(await freshTicket(test, { parameters }))).toBeUndefined();
  });

  it("keeps the ticket for as long as the service and the client want", async () => {
    const lifeOf = async (parameters: Parameters) => {
      const { expiresAt } = await storedTicket(test, await freshTicket(test, { parameters }));
      return (expiresAt - test.clock()) / 1000;
    };
    expect(await lifeOf({})).toBe(300);
    expect(await lifeOf({ requested_expiry: "60" })).toBe(60);
    expect(await lifeOf({ requested_expiry: "9000" })).toBe(300);
    await test.setService({ backchannelAuthReqIdDuration: 0 });
    expect(await lifeOf({})).toBe(600);
  });

  it("warns of what it leaves out, and takes the client's default context classes", async () => {
    await test.setClient(poll.id, { defaultAcrs: ["low"] });
    const parameters = { scope: "openid unknown", acr_values: "high middle" };
    const { acrs, warnings } = (await authenticate(test, { parameters })) as {
      acrs?: string[];
      warnings?: string[];
    };
    expect(acrs).toEqual(["high"]);
    expect(warnings?.map((warning) => warning.slice(0, 9))).toEqual(["[A176303]", "[A173301]"]);
    expect(await authenticate(test)).toMatchObject({ acrs: ["low"] });
  });

  it("demands a user code where the service and the client have them", async () => {
    await test.setClient(poll.id, { bcUserCodeRequired: true });
    expect(await authenticate(test)).toMatchObject({ userCodeRequired: false });
    await test.setService({ backchannelUserCodeParameterSupported: true });
    const refused = await authenticate(test);
    expect(summary(refused)).toEqual({ action: "BAD_REQUEST", code: "A177301", error: "missing_user_code" });
    expect(await authenticate(test, { parameters: { user_code: "1" } })).toMatchObject({
      action: "USER_IDENTIFICATION",
      userCode: "1",
      userCodeRequired: true,
    });
  });

  it("passes a login hint token on", async () => {
    const parameters = { login_hint: "", login_hint_token: "opaque" };
    expect(await authenticate(test, { parameters })).toMatchObject({
      hintType: "LOGIN_HINT_TOKEN",
      hint: "opaque",
    });
  });
});

describe("backchannel authentication refuses", () => {
  const cases: [string, string, Parameters, Record<string, unknown>?][] = [
    ["A166304", "a repeated scope", { scope: ["openid", "openid"] }],
    ["A166304", "a repeated hint", { login_hint: ["a", "b"] }],
    ["A166304", "a repeated user code", { user_code: ["a", "b"] }],
    ["A174301", "no hint", { login_hint: "" }],
    ["A174302", "two hints", { login_hint_token: "a" }],
    ["A174302", "two hints of any kind", { id_token_hint: "a" }],
    ["A176301", "no scope", { scope: "" }],
    ["A176304", "no openid", { scope: "profile" }],
    ["A201301", "an expiry that is no number", { requested_expiry: "soon" }],
    ["A201301", "an expiry with a fraction", { requested_expiry: "1.5" }],
    ["A201302", "an expiry of 0", { requested_expiry: "0" }],
    ["A201302", "a negative expiry", { requested_expiry: "-1" }],
    ["A251307", "a resource that is relative", { resource: "api" }],
    ["A249305", "details that are no list", { authorization_details: "{}" }],
    ["A157305", "a wrong secret", {}, { clientSecret: "wrong" }],
    ["A157304", "no secret", {}, { clientSecret: undefined }],
    ["A168310", "an unknown client", {}, { clientId: "999" }],
    ["A168303", "another client in the body", { client_id: ping.id }],
    ["A168309", "nobody at all", {}, { clientId: undefined, clientSecret: undefined }],
    ["A168301", "an assertion that is none", { client_assertion: "x" }, { clientId: undefined }],
    ["A166306", "a client that did not declare the grant", {}, basic(clients.firstParty)],
    ["A166301", "an empty body", {}, { parameters: "" }],
    ["A166201", "a call without a body", {}, { parameters: undefined }],
    ["A166202", "a body of another type", {}, { parameters: 5 }],
  ];
  const unauthorized = ["A157305", "A157304", "A168310", "A168311"];

  it.each(cases)("%s: %s", async (code, _, parameters, request = {}) => {
    const { parameters: body, ...rest } = request;
    const options = { parameters, ...rest };
    const answer =
      "parameters" in request
        ? await test.engine["backchannel/authentication"]({ ...basic(poll), parameters: body } as never)
        : await authenticate(test, options);
    const { action, code: given } = summary(answer);
    expect(given).toBe(code);
    const faults = ["A166201", "A166202"];
    expect(action).toBe(
      faults.includes(code)
        ? "INTERNAL_SERVER_ERROR"
        : unauthorized.includes(code)
          ? "UNAUTHORIZED"
          : "BAD_REQUEST",
    );
    expect(test.artifacts()).toBe(0);
  });

  const settings: [string, string, Partial<Client>, Partial<Service>][] = [
    ["A169301", "unauthorized_client", { bcDeliveryMode: undefined }, {}],
    ["A169302", "unauthorized_client", {}, { supportedBackchannelTokenDeliveryModes: ["POLL"] }],
    ["A902312", "unauthorized_client", { bcNotificationEndpoint: "" }, {}],
    ["A166305", "unauthorized_client", {}, { supportedGrantTypes: [] }],
    ["A176305", "invalid_scope", {}, { supportedScopes: [{ name: "profile" }] }],
    [
      "A176305",
      "invalid_scope",
      { extension: { requestableScopesEnabled: true, requestableScopes: ["profile"] } },
      {},
    ],
    ["A168311", "invalid_client", { clientType: "PUBLIC", tokenAuthMethod: "NONE" }, {}],
    ["A048307", "invalid_client", { locked: true }, {}],
  ];

  it.each(settings)("%s %s while it is set so: %j %j", async (code, error, client, service) => {
    expect(await authenticate(test, { client: ping })).toMatchObject({ action: "USER_IDENTIFICATION" });
    const before = test.artifacts();
    await test.setClient(ping.id, client);
    await test.setService(service);
    const own = client.clientType === "PUBLIC" ? { clientSecret: undefined } : {};
    expect(summary(await authenticate(test, { client: ping, ...own }))).toMatchObject({ code, error });
    expect(test.artifacts()).toBe(before);
  });

  it.each([
    ["A155301", ""],
    ["A155302", "a".repeat(1025)],
    ["A155303", "a b"],
    ["A155303", "a=b"],
    ["A155303", "ä"],
  ])("%s: the notification token %j", async (code, token) => {
    const parameters = { client_notification_token: token };
    for (const client of [ping, push]) {
      expect(summary(await authenticate(test, { client, parameters }))).toMatchObject({ code });
    }
    expect(test.artifacts()).toBe(0);
    const longest = { client_notification_token: `${"a".repeat(1022)}==` };
    await freshTicket(test, { client: ping, parameters: longest });
  });

  it("any other input with a defined answer", async () => {
    const name = fc.constantFrom(
      ...["scope", "login_hint", "login_hint_token", "id_token_hint", "request", "client_notification_token"],
      ...["acr_values", "binding_message", "user_code", "requested_expiry", "resource", "client_id"],
    );
    const parameters = fc.dictionary(name, anyText({ maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(parameters, async (change) => {
        const { action } = await authenticate(test, { parameters: change });
        expect(["USER_IDENTIFICATION", "BAD_REQUEST", "UNAUTHORIZED"]).toContain(action);
      }),
    );
  });
});

describe("tokens that will be pushed", () => {
  const { pem } = issueCertificate();
  const refusalOf = async (request: Record<string, unknown> = {}) =>
    summary(await authenticate(test, { client: push, ...request }));

  it("are bound to the certificate of the request where that is demanded", async () => {
    await test.setService({ tlsClientCertificateBoundAccessTokens: true });
    await test.setClient(push.id, { tlsClientCertificateBoundAccessTokens: true });
    expect(await refusalOf()).toMatchObject({ code: "A180301", error: "invalid_request" });
    expect(await refusalOf({ clientCertificate: "x" })).toMatchObject({ code: "A180302" });
    expect(test.artifacts()).toBe(0);
    const ticket = await freshTicket(test, { client: push, clientCertificate: pem });
    expect((await storedTicket(test, ticket)).document.confirmation).toEqual({
      "x5t#S256": expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it("cannot be bound to a key, so that a client that demands that gets none", async () => {
    await test.setClient(push.id, { dpopRequired: true });
    expect(await refusalOf()).toMatchObject({ code: "A243302", error: "unauthorized_client" });
    await test.setClient(poll.id, { dpopRequired: true });
    await freshTicket(test);
  });
});
