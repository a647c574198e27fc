import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { jwkSet, type Keys, makeKeys, unsigned } from "../../../support/jwt.ts";
import {
  ask,
  expectError,
  expectRedirectedError,
  openAuthorizationEngine,
  type Parameters,
  REDIRECT_URI,
  site,
  type TestEngine,
  waiting,
} from "./authorization-flow.ts";
import { type Json, payloadFor, present as presentTo, signedRequest } from "./signed-request.ts";

let test: TestEngine;
let keys: Keys;
beforeAll(async () => {
  keys = await makeKeys("ES256", "k1");
});
beforeEach(async () => {
  test = await openAuthorizationEngine();
  await test.setClient(site.id, { jwks: jwkSet(keys.jwk) });
});
afterEach(() => test.close());

const _payload = (change: Json = {}) => payloadFor(test, change);
const signed = (change: Json = {}) => signedRequest(test, keys, change);
const present = (request: string, beside: Parameters = {}) => presentTo(test, request, beside);
const error = "invalid_request_object";

describe("as OIDC Core 6.1 processes it", () => {
  beforeEach(() => test.setService({ traditionalRequestObjectProcessingApplied: true }));
  const none = (members: Json) => unsigned({ alg: "none" }, members);

  it("what is inside wins, and what is not still counts", async () => {
    const answer = waiting(
      await ask(test, { request: none({ max_age: 5 }), login_hint: "bob", max_age: "7" }),
    );
    expect(answer).toMatchObject({ maxAge: 5, loginHint: "bob" });
  });

  it("it may be unsigned, but not half", async () => {
    expect(waiting(await ask(test, { request: none({}) })).action).toBe("INTERACTION");
    expectRedirectedError(await ask(test, { request: unsigned({ alg: "none" }, {}, "AAAA") }), {
      code: "A005328",
      error,
    });
    await test.setClient(site.id, { requestSignAlg: "NONE" });
    expect(waiting(await ask(test, { request: none({}) })).action).toBe("INTERACTION");
    expectRedirectedError(await ask(test, { request: await signed() }), { code: "A005336", error });
  });

  it("response_type, client_id and the scope openid stand outside", async () => {
    expectRedirectedError(await ask(test, { request: none({ response_type: "token" }) }), {
      code: "A006304",
      error,
    });
    expectRedirectedError(await ask(test, { request: none({ client_id: "2000" }) }), {
      code: "A005391",
      error,
    });
    const openid = none({ scope: "openid" });
    const lacking = { code: "A007304", error: "invalid_request" };
    expectRedirectedError(await ask(test, { request: openid, scope: "email" }), lacking);
    expectRedirectedError(await ask(test, { request: openid, scope: undefined }), {
      ...lacking,
      code: "A007303",
    });
    expect(waiting(await ask(test, { request: openid })).scopes).toHaveLength(1);
    const noType = await ask(test, { request: none({ response_type: "code" }), response_type: undefined });
    expect(noType.action).toBe("INTERACTION");
  });

  it("a redirect_uri inside is the one that counts, and has to be registered", async () => {
    const answer = await ask(test, { request: none({ redirect_uri: "https://evil.example/" }) });
    expectError(answer, { code: "A011304", error: "invalid_request" });
    const good = await ask(test, {
      request: none({ redirect_uri: REDIRECT_URI }),
      redirect_uri: "https://evil.example/",
    });
    expect(good.action).toBe("INTERACTION");
  });
});

describe("request objects on demand", () => {
  it.each<[string, () => Promise<void>, string]>([
    ["client", () => test.setClient(site.id, { requestObjectRequired: true }), "A008309"],
    ["service", () => test.setService({ requestObjectRequired: true }), "A008310"],
  ])("of the %s", async (_who, demand, code) => {
    await demand();
    expectRedirectedError(await ask(test), { code, error: "invalid_request" });
    expect(waiting(await present(await signed())).action).toBe("INTERACTION");
  });
});
