import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { form, issued, oauthError, summary, type TestEngine } from "../../../support/engine.ts";
import {
  type CodeOptions,
  freshCode,
  openGrantEngine,
  other,
  REDIRECT_URI,
  redeem,
  refreshWith,
  verifier,
  web,
} from "../../../support/grants.ts";
import { type Call, expectRefused, fault, grantError, requestError } from "./redemption.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine();
});
afterEach(() => test.close());

describe("a redemption that does not fit its code is refused and leaves the code as it was", () => {
  const twice = ["https://web.example/callback", "https://web.example/callback"];

  it.each<[string, Call, object]>([
    ["code has no value", { parameters: { code: "" } }, requestError("A050302")],
    ["code comes twice", { parameters: { code: ["a", "b"] } }, requestError("A050303")],
    ["code is another", { parameters: { code: "unknown" } }, grantError("A050305")],
    ["redirect_uri comes twice", { parameters: { redirect_uri: twice } }, requestError("A050304")],
    ["redirect_uri is missing", { parameters: { redirect_uri: [] } }, grantError("A050308")],
    ["redirect_uri has no value", { parameters: { redirect_uri: "" } }, grantError("A050308")],
    ["redirect_uri is another", { parameters: { redirect_uri: `${REDIRECT_URI}/` } }, grantError("A050309")],
    ["the client is another", { client: other }, grantError("A050307")],
    ["there is a code_verifier", { parameters: { code_verifier: verifier } }, grantError("A050317")],
    [
      "a resource is no URI",
      { parameters: { resource: "api" } },
      { ...requestError("A251307"), error: "invalid_target" },
    ],
    ["properties are too big", { properties: [{ key: "a", value: "x".repeat(50_000) }] }, fault("A050201")],
  ])("%s", async (_, call, expected) => {
    await expectRefused(test, await freshCode(test), { call, expected });
  });

  it("code is missing", async () => {
    const parameters = form({ grant_type: "authorization_code" });
    const call = { parameters, clientId: web.id, clientSecret: web.secret };
    expect(summary(await test.engine["auth/token"](call))).toEqual(requestError("A050301"));
  });

  it("a redirect_uri that the authorization request did not name", async () => {
    const code = await freshCode(test, { request: { redirectUriGiven: false } });
    const right = { parameters: { redirect_uri: [] } };
    await expectRefused(test, code, { call: {}, expected: grantError("A050310"), right });
  });

  it("a code that has expired", async () => {
    const code = await freshCode(test);
    test.clock.advance(599_999);
    const late = await freshCode(test, { artifact: { expiresAt: test.clock() } });
    expect(summary(await redeem(test, late))).toEqual(grantError("A050311"));
    expect((await redeem(test, code)).action).toBe("OK");
  });

  it("a code of another service", async () => {
    const code = await freshCode(test, { artifact: { serviceId: "1002" } });
    expect(summary(await redeem(test, code))).toEqual(grantError("A050306"));
    expect(test.issued()).toBe(0);
  });

  it("a code that is bound to a DPoP key, without a proof", async () => {
    const code = await freshCode(test, { request: { dpopJkt: "thumbprint" } });
    expect(summary(await redeem(test, code))).toEqual(grantError("A901301"));
    expect(test.issued()).toBe(0);
  });

  it("resources and authorization details beyond the grant", async () => {
    const details = [{ type: "payment", amount: 7 }, { type: "account" }];
    const options: CodeOptions = {
      grant: {
        resources: ["https://a.example", "https://b.example"],
        authorizationDetails: {
          elements: [{ type: "payment", otherFields: '{"amount":7}' }, { type: "account" }],
        },
      },
    };
    const code = await freshCode(test, options);
    const target = { ...requestError("A901306"), error: "invalid_target" };
    await expectRefused(test, code, {
      call: { parameters: { resource: "https://c.example" } },
      expected: target,
    });
    const beyond = { ...requestError("A901305"), error: "invalid_authorization_details" };
    const asking = (value: unknown) => ({ parameters: { authorization_details: JSON.stringify(value) } });
    for (const wrong of [
      [{ type: "other" }],
      [{ type: "payment", amount: 8 }],
      [...details, { type: "other" }],
    ]) {
      await expectRefused(test, await freshCode(test, options), { call: asking(wrong), expected: beyond });
    }
    for (const [wrong, number] of [
      ["{", "A249304"],
      ["{}", "A249305"],
      ["[7]", "A249306"],
      ["[{}]", "A249301"],
    ]) {
      const expected = { ...beyond, code: number };
      await expectRefused(test, await freshCode(test, options), {
        call: { parameters: { authorization_details: String(wrong) } },
        expected,
      });
    }
    const narrowed = issued(
      await redeem(test, await freshCode(test, options), {
        parameters: {
          resource: "https://b.example",
          authorization_details: JSON.stringify([{ amount: 7, type: "payment" }]),
        },
      }),
    );
    expect(narrowed).toMatchObject({
      resources: ["https://b.example"],
      accessTokenResources: ["https://b.example"],
      authorizationDetails: { elements: [{ type: "payment", otherFields: '{"amount":7}' }] },
    });
    const refreshed = issued(await refreshWith(test, narrowed.refreshToken));
    expect(refreshed.accessTokenResources).toEqual(["https://a.example", "https://b.example"]);
    expect(oauthError(refreshed).authorization_details).toEqual(details);
  });

  it("a chosen access token that exists, JWTs and ID tokens that cannot be made", async () => {
    const first = issued(await redeem(test, await freshCode(test)));
    const { accessToken } = first;
    await expectRefused(test, await freshCode(test), {
      call: { accessToken },
      expected: fault("A050101"),
      right: { accessToken: "another-value" },
    });
    const code = await freshCode(test);
    await test.setService({ accessTokenSignAlg: "ES512" });
    expect(summary(await redeem(test, code))).toEqual(fault("A050202"));
    await test.setService({ accessTokenSignAlg: undefined });
    await test.setClient(web.id, { idTokenSignAlg: "NONE" });
    expect(summary(await redeem(test, code))).toEqual(requestError("A046301"));
    await test.setClient(web.id, { idTokenSignAlg: "ES512" });
    expect(summary(await redeem(test, code))).toEqual(fault("A046203"));
    await test.setClient(web.id, { idTokenSignAlg: "ES256" });
    expect((await redeem(test, code)).action).toBe("OK");
  });
});
