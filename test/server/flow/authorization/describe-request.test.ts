import { describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import { isAssuredClient } from "../../../../src/server/flow/authorization/client-identity.ts";
import {
  describeRequest,
  type GoodRequest,
} from "../../../../src/server/flow/authorization/describe-request.ts";
import { withFreshnessSaid } from "../../../../src/server/flow/authorization/pushed-freshness.ts";
import { readDocument } from "../../../../src/server/flow/authorization/request-document.ts";
import { withoutUnknownContexts } from "../../../../src/server/flow/authorization/voluntary-contexts.ts";
import { parseFormBody } from "../../../../src/server/oauth/form-body.ts";
import { SENT } from "./documents.ts";

const good = {
  action: "INTERACTION",
  ticket: "t",
  client: { clientId: 5001, clientName: "App" },
} as GoodRequest;

function described(changes: Partial<GoodRequest>, text = "client_id=5001", client: Client = {}) {
  const request = { ...good, ...changes } as GoodRequest;
  return describeRequest(request, { form: parseFormBody(text), client, now: SENT });
}

describe("what is kept of a request", () => {
  it("survives being sealed and read again", () => {
    const document = described({ scopes: [{ name: "openid" }], prompts: ["LOGIN"], maxAge: 5 });
    expect(readDocument(JSON.stringify(document))).toEqual(document);
    expect(readDocument('{"ticket":1}')).toBeUndefined();
  });

  it.each<[string, Partial<GoodRequest>, string, number | undefined]>([
    ["none", {}, "a=1", undefined],
    ["the engine's", { maxAge: 60 }, "max_age=60", 60],
    ["0 in the request, which the engine tells as no limit", { maxAge: 0 }, "max_age=0", 0],
    ["0 with zeros before it", { maxAge: 0 }, "max_age=000", 0],
    ["no value", { maxAge: 0 }, "max_age=", undefined],
    ["0 in a request object", { maxAge: 0, requestObjectPayload: '{"max_age":0}' }, "request=x", 0],
    [
      "0 beside a request object, where it does not count",
      { requestObjectPayload: "{}" },
      "max_age=0",
      undefined,
    ],
  ])("max_age: %s", (_, changes, text, expected) => {
    expect(described(changes, text).maxAge).toBe(expected);
  });

  it("has the names and addresses of the client by language, https only", () => {
    const of = (value: string) => [{ tag: "ja", value }];
    const client = {
      ...good.client,
      clientNames: of("店"),
      logoUris: of("https://app.example/ja.png"),
      policyUris: of("http://app.example/ja"),
    };
    const document = described({ client }, "a=1", { clientUris: of("https://app.example/ja") });
    expect(document.client.localised).toEqual({
      name: of("店"),
      home: of("https://app.example/ja"),
      logo: of("https://app.example/ja.png"),
      policy: [{ tag: "ja", value: undefined }],
    });
    expect(readDocument(JSON.stringify(document))).toEqual(document);
    expect(described({}).client).not.toHaveProperty("localised");
  });

  it.each([
    ["https://app.example/", "https://app.example/"],
    ["http://app.example/", undefined],
    ["javascript:alert(1)", undefined],
    ["https://user:pass@app.example/", undefined],
    ["nonsense", undefined],
  ])("a client's address %s becomes the link %s", (address, link) => {
    const client = { ...good.client, logoUri: address, policyUri: address, tosUri: address };
    const shown = described({ client }, "a=1", { clientUri: address }).client;
    expect([shown.home, shown.logo, shown.policy, shown.terms]).toEqual(Array(4).fill(link));
  });

  it("names of claims for both places are those that no scope speaks for", () => {
    const { namedClaims } = described({
      idTokenClaims: '{"name":null,"acr":{"essential":true}}',
      userInfoClaims: '{"name":null,"email":null}',
    });
    expect(namedClaims).toEqual(["name", "acr", "email"]);
  });

  it("access lasts as long as the stricter of service and client says, and is renewed only where it can be", () => {
    const service = { accessTokenDuration: 3600, refreshTokenDuration: 86_400 };
    const extension = { accessTokenDuration: 600 };
    expect(described({ service }, "a=1", { extension })).toMatchObject({ accessSeconds: 600 });
    expect(described({ service }, "a=1", { extension })).not.toHaveProperty("renewalSeconds");
    const renewing = described({ service }, "a=1", { grantTypes: ["REFRESH_TOKEN"] });
    expect(renewing).toMatchObject({ accessSeconds: 3600, renewalSeconds: 86_400 });
  });
});

describe("RFC 8252 §8.6: a client that nobody else can pass for", () => {
  it.each<[string, Client, boolean]>([
    ["authenticates", { clientType: "CONFIDENTIAL", redirectUris: ["http://127.0.0.1/cb"] }, true],
    [
      "is public, at addresses of its own",
      { clientType: "PUBLIC", redirectUris: ["https://app.example/cb"] },
      true,
    ],
    [
      "is public, on the loopback interface",
      { clientType: "PUBLIC", redirectUris: ["http://127.0.0.1/cb"] },
      false,
    ],
    ["is public, with a private scheme", { clientType: "PUBLIC", redirectUris: ["com.example:/cb"] }, false],
    [
      "is public, with one address that anybody can take",
      { clientType: "PUBLIC", redirectUris: ["https://app.example/cb", "com.example:/cb"] },
      false,
    ],
    ["is public, at localhost", { clientType: "PUBLIC", redirectUris: ["https://localhost/cb"] }, false],
    ["is public, with no address", { clientType: "PUBLIC" }, false],
    ["has no type", { redirectUris: ["com.example:/cb"] }, false],
  ])("%s", (_, client, expected) => {
    expect(isAssuredClient(client)).toBe(expected);
  });
});

describe("parameters on their way to the engine", () => {
  it.each([
    ["a=1&b=2", "a=1&b=2"],
    ["acr_values=1+2&a=1", "a=1"],
    [
      "a=1&acr_values=1%20urn%3Aticketgate%3Aacr%3Apassword",
      "a=1&acr_values=urn%3Aticketgate%3Aacr%3Apassword",
    ],
    ["acr%5Fvalues=gold&a=%20", "a=%20"],
  ])("%s is without classes that nobody reaches: %s", (text, expected) => {
    expect(withoutUnknownContexts(parseFormBody(text))).toBe(expected);
  });

  it.each([
    ["a=1&max_age=10", "a=1&max_age=10"],
    ["a=1&max_age=0", "a=1&max_age=0&prompt=login"],
    ["max_age=0&prompt=consent", "max_age=0&prompt=login+consent"],
    ["max_age=00&prompt=login+consent", "max_age=00&prompt=login+consent"],
    ["max_age=0&prompt=none&a=1", "prompt=none&a=1&max_age=1"],
    ["request=x&max_age=0", "request=x&max_age=0"],
  ])("%s is pushed as %s", (text, expected) => {
    expect(withFreshnessSaid(parseFormBody(text), text)).toBe(expected);
  });
});
