import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ask,
  expectError,
  expectRedirectedError,
  issue,
  issueFor,
  leavingNothing,
  openAuthorizationEngine,
  type Parameters,
  phone,
  site,
  type TestEngine,
  ticketFor,
  waiting,
} from "./authorization-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine({
    supportedAuthorizationDetailsTypes: ["payment"],
    supportedScopes: [{ name: "openid" }, { name: "read" }, { name: "write" }, { name: "email" }],
  });
});
afterEach(() => test.close());

const find = (grantId: string) => test.store.engine.read.findGrant("1001", grantId);

/** Creates a grant of Alice with the scope `read`, and gives its identifier. */
async function created(change: Parameters = {}, clientId = Number(site.id)): Promise<string> {
  const answer = await issueFor(test, {
    response_type: "token",
    scope: "read",
    grant_management_action: "create",
    ...change,
  });
  const token = (answer as { accessToken: string }).accessToken;
  const [row] = (
    await test.store.engine.read.listTokens("1001", { clientId }, { offset: 0, limit: 50 })
  ).slice(-1);
  expect(token).toBeDefined();
  return row?.grantId ?? "";
}

describe("grant_management_action and grant_id (Grant Management for OAuth 2.0)", () => {
  it.each<[string, Parameters, string, string]>([
    ["an unknown action", { grant_management_action: "query" }, "A284302", "invalid_request"],
    ["an action twice", { grant_management_action: ["create", "create"] }, "A284301", "invalid_request"],
    ["merge without a grant", { grant_management_action: "merge" }, "A284305", "invalid_request"],
    ["a grant without an action", { grant_id: "g" }, "A284306", "invalid_request"],
    [
      "create with a grant",
      { grant_management_action: "create", grant_id: "g" },
      "A284306",
      "invalid_request",
    ],
    [
      "an unknown grant",
      { grant_management_action: "replace", grant_id: "g" },
      "A284307",
      "invalid_grant_id",
    ],
    [
      "an unstorable grant",
      { grant_management_action: "merge", grant_id: "g\0" },
      "A284307",
      "invalid_grant_id",
    ],
  ])("%s is refused", async (_what, change, code, error) => {
    expectRedirectedError(await leavingNothing(test, () => ask(test, change)), { code, error });
    expect(waiting(await ask(test, { grant_management_action: "create" }))).toMatchObject({
      gmAction: "CREATE",
    });
  });

  it("may be a demand of the service", async () => {
    await test.setService({ grantManagementActionRequired: true });
    expectRedirectedError(await ask(test), { code: "A284303", error: "invalid_request" });
    expect(waiting(await ask(test, { grant_management_action: "create" })).action).toBe("INTERACTION");
  });

  it("of another client is none", async () => {
    const grantId = await created();
    await test.setClient("3003", { redirectUris: ["https://other.example/"], clientType: "PUBLIC" });
    const answer = await ask(test, {
      client_id: "3003",
      redirect_uri: "https://other.example/",
      grant_management_action: "merge",
      grant_id: grantId,
    });
    expect(answer).toMatchObject({ action: "LOCATION", resultCode: "A284307" });
    expect(phone.id).not.toBe("3003");
  });
});

describe("what becomes of a grant", () => {
  it("create: there is one", async () => {
    const details = { authorization_details: '[{"type":"payment"}]', resource: "https://api.example" };
    const grantId = await created(details);
    expect(grantId).toMatch(/^[\w-]{43}$/);
    expect(await find(grantId)).toMatchObject({
      clientId: Number(site.id),
      subject: "alice",
      grant: {
        scopes: [{ scope: "read", resource: ["https://api.example"] }],
        authorizationDetails: { elements: [{ type: "payment" }] },
      },
    });
  });

  it("merge: it grows, and its tokens live on", async () => {
    const grantId = await created();
    const ask = { grant_management_action: "merge", grant_id: grantId, scope: "read write" };
    await issueFor(
      test,
      { ...ask, authorization_details: '[{"type":"payment"}]' },
      { consentedClaims: ["email"] },
    );
    await issueFor(test, { ...ask, scope: "write", resource: "https://api.example" });
    expect((await find(grantId))?.grant).toEqual({
      scopes: [{ scope: "read write" }, { scope: "write", resource: ["https://api.example"] }],
      claims: ["email"],
      authorizationDetails: { elements: [{ type: "payment" }] },
    });
    expect(await test.store.engine.read.countTokens("1001", { grantId })).toBe(1);
  });

  it("replace: it is what was granted now, and tokens of before end", async () => {
    const grantId = await created();
    await issueFor(test, { grant_management_action: "replace", grant_id: grantId, scope: "write" });
    expect((await find(grantId))?.grant).toEqual({ scopes: [{ scope: "write" }] });
    expect(await test.store.engine.read.countTokens("1001", { grantId })).toBe(0);
  });

  it("the caller is told what it is and whose, and nobody else may decide", async () => {
    const grantId = await created();
    const change = { grant_management_action: "replace", grant_id: grantId };
    expect(waiting(await ask(test, change))).toMatchObject({
      gmAction: "REPLACE",
      grantId,
      grant: { scopes: [{ scope: "read" }] },
      grantSubject: "alice",
    });
    const ticket = await ticketFor(test, change);
    const answer = await leavingNothing(test, () => issue(test, ticket, { subject: "bob" }));
    expectError(answer, { code: "A042205", error: "server_error", action: "INTERNAL_SERVER_ERROR" });
    expect((await find(grantId))?.grant).toEqual({ scopes: [{ scope: "read" }] });
    expect((await issue(test, ticket)).action).toBe("LOCATION");
  });

  it("without an action there is none", async () => {
    await issueFor(test);
    expect(await test.store.engine.read.countTokens("1001", {})).toBe(0);
  });
});
