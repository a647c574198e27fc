import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { basic, clients, form, openTestEngine, summary, type TestEngine } from "../../../support/engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const { firstParty, backend } = clients;
const complete = { grant_type: "password", username: "alice", password: "wonderland" };

function ask(
  parameters: Record<string, string | string[]> = {},
  client: { id: string; secret: string } = firstParty,
) {
  return test.engine["auth/token"]({ parameters: form({ ...complete, ...parameters }), ...basic(client) });
}

async function refused(body: string) {
  const answer = summary(await test.engine["auth/token"]({ parameters: body, ...basic(firstParty) }));
  expect(test.issued()).toBe(0);
  return answer;
}

describe("the password grant", () => {
  it("gives the credentials back with a ticket that is stored as a hash only, for a day", async () => {
    const answer = await ask({ scope: "openid profile", username: "älice", password: "a&b=c d+" });
    expect(answer).toMatchObject({
      resultCode: "A051001",
      action: "PASSWORD",
      username: "älice",
      password: "a&b=c d+",
      ticket: expect.stringMatching(/^[\w-]{43}$/),
      grantType: "PASSWORD",
      clientAuthMethod: "CLIENT_SECRET_BASIC",
      clientId: 2000,
      scopes: ["openid", "profile"],
    });
    const stored = await test.store.engine.read.findTicket(
      hashOf(String((answer as { ticket: string }).ticket)),
    );
    expect(stored).toMatchObject({ clientId: 2000, expiresAt: test.clock() + 86_400_000 });
    expect(JSON.stringify(stored)).not.toContain(String((answer as { ticket: string }).ticket));
  });

  const invalid = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_request" });
  it.each([
    ["username missing", "password=x", invalid("A051301")],
    ["username empty", "username=&password=x", invalid("A051302")],
    ["username twice", "username=a&username=b&password=x", invalid("A051303")],
    ["password missing", "username=a", invalid("A051304")],
    ["password empty", "username=a&password=", invalid("A051305")],
    ["password twice", "username=a&password=x&password=x", invalid("A051306")],
    ["scope twice", "username=a&password=x&scope=openid&scope=email", invalid("A051307")],
  ])("refuses: %s", async (_, rest, expected) => {
    expect(await refused(`grant_type=password&${rest}`)).toEqual(expected);
    expect(await ask()).toMatchObject({ action: "PASSWORD" });
  });

  it("does not take the members of the call that belong to issuing", async () => {
    const answer = await test.engine["auth/token"]({
      parameters: form(complete),
      ...basic(firstParty),
      properties: [{ key: "k", value: "x".repeat(70_000) }],
      jwtAtClaims: "not json",
      accessToken: "chosen",
    });
    expect(answer).toMatchObject({ action: "PASSWORD" });
    expect(answer).not.toHaveProperty("properties");
  });
});

describe("scopes", () => {
  it("drops those that are not registered, and repeated ones", async () => {
    expect(await ask({ scope: "openid unknown  openid email" })).toMatchObject({
      scopes: ["openid", "email"],
    });
  });

  it("gives the default ones to a request without scopes, and only to that", async () => {
    expect(await ask()).toMatchObject({ scopes: [] });
    const supportedScopes = [{ name: "openid", defaultEntry: true }, { name: "email" }, { name: "profile" }];
    await test.setService({ supportedScopes });
    expect(await ask()).toMatchObject({ scopes: ["openid"] });
    expect(await ask({ scope: "" })).toMatchObject({ scopes: ["openid"] });
    expect(await ask({ scope: "email" })).toMatchObject({ scopes: ["email"] });
  });

  it("gives a client only those that it may request", async () => {
    expect(await ask({ scope: "openid token:issue" })).toMatchObject({ scopes: ["openid"] });
    expect(await ask({ scope: "openid token:issue" }, backend)).toMatchObject({
      scopes: ["openid", "token:issue"],
    });
    await test.setClient(backend.id, { extension: { requestableScopesEnabled: true } });
    expect(await ask({ scope: "openid" }, backend)).toMatchObject({ scopes: [] });
    await test.setClient(backend.id, { extension: { requestableScopes: ["email"] } });
    expect(await ask({ scope: "openid" }, backend)).toMatchObject({ scopes: ["openid"] });
  });

  it("can be required", async () => {
    await test.setService({ scopeRequired: true });
    expect(await refused(form({ ...complete, scope: "unknown" }))).toEqual({
      action: "BAD_REQUEST",
      code: "A051308",
      error: "invalid_scope",
    });
    expect(await ask({ scope: "openid" })).toMatchObject({ action: "PASSWORD" });
  });
});

describe("resources", () => {
  it("are absolute URIs without a fragment, any number of them", async () => {
    const resource = ["https://api.example/a?b=c", "urn:example:api", "urn:example:api"];
    expect(await ask({ resource })).toMatchObject({
      resources: ["https://api.example/a?b=c", "urn:example:api"],
    });
    expect(await ask()).not.toHaveProperty("resources");
  });

  it.each([
    ["relative", "/api", "A251307"],
    ["empty", "", "A251307"],
    ["with a space", "https://api.example/a b", "A251307"],
    ["no URI", "https://", "A251307"],
    ["with a fragment", "https://api.example/#x", "A251308"],
  ])("refuses one that is %s", async (_, resource, code) => {
    expect(await refused(form({ ...complete, resource: ["https://api.example", resource] }))).toEqual({
      action: "BAD_REQUEST",
      code,
      error: "invalid_target",
    });
  });
});
