import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Service } from "../../../../src/server/authlete/service.ts";
import {
  ask,
  expectRedirectedError,
  leavingNothing,
  openAuthorizationEngine,
  PHONE_URI,
  phone,
  type TestEngine,
  waiting,
} from "./authorization-flow.ts";
import { expectSpoiled, type SpoiledRequest } from "./spoiled-request.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
});
afterEach(() => test.close());

const _challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const _details = (...list: unknown[]) => ({ authorization_details: JSON.stringify(list) });
const _payments: Partial<Service> = { supportedAuthorizationDetailsTypes: ["payment", "account"] };
const claims = (value: unknown) => ({ claims: JSON.stringify(value) });

const cases: SpoiledRequest[] = [
  { what: "state twice", change: { state: ["a", "b"] }, code: "A013302", twin: { state: "a" } },
  { what: "nonce twice", change: { nonce: ["a", "b"] }, code: "A014302", twin: { nonce: "a" } },
  {
    what: "an ID token without nonce (OIDC Core 3.2.2.1)",
    change: { response_type: "code id_token", nonce: undefined },
    code: "A014303",
    twin: { nonce: "n" },
    inFragment: true,
  },
  {
    what: "an ID token without openid (OIDC Core 3.2.2.1)",
    change: { response_type: "id_token", scope: "email" },
    code: "A004302",
    twin: { scope: "openid" },
    inFragment: true,
  },
  {
    what: "scope twice",
    change: { scope: ["openid", "email"] },
    code: "A007302",
    twin: { scope: "openid email" },
  },
  {
    what: "no scope where one is demanded",
    change: { scope: "unknown" },
    service: { scopeRequired: true },
    code: "A007305",
    error: "invalid_scope",
    twin: { scope: "email" },
  },
  {
    what: "a registration (OIDC Core 3.1.2.6)",
    change: { registration: "{}" },
    code: "A008312",
    error: "registration_not_supported",
    twin: { registration: "" },
  },
  {
    what: "display twice",
    change: { display: ["page", "page"] },
    code: "A015302",
    twin: { display: "page" },
  },
  { what: "an unknown display", change: { display: "wall" }, code: "A015303", twin: { display: "popup" } },
  {
    what: "no display where page is not supported",
    service: { supportedDisplays: ["TOUCH"] },
    code: "A015304",
    twin: { display: "touch" },
  },
  {
    what: "a display that is not supported",
    change: { display: "wap" },
    service: { supportedDisplays: ["PAGE"] },
    code: "A015305",
    twin: { display: "page" },
  },
  {
    what: "prompt twice",
    change: { prompt: ["login", "login"] },
    code: "A016302",
    twin: { prompt: "login" },
  },
  {
    what: "an unknown prompt",
    change: { prompt: "login sing" },
    code: "A016303",
    twin: { prompt: "login consent" },
  },
  { what: "a prompt in capitals", change: { prompt: "LOGIN" }, code: "A016303", twin: { prompt: "login" } },
  {
    what: "none with another prompt (OIDC Core 3.1.2.1)",
    change: { prompt: "none login", scope: "openid" },
    code: "A016304",
    twin: { prompt: "none" },
  },
  {
    what: "a prompt that is not listed",
    change: { prompt: "consent" },
    service: { supportedPromptValues: ["LOGIN"] },
    code: "A016305",
    twin: { prompt: "login" },
  },
  {
    what: "create where it is not announced",
    change: { prompt: "create" },
    code: "A016305",
    twin: { service: { supportedPromptValues: ["CREATE"] } },
  },
  { what: "max_age twice", change: { max_age: ["1", "1"] }, code: "A017302", twin: { max_age: "1" } },
  { what: "a max_age of letters", change: { max_age: "soon" }, code: "A017303", twin: { max_age: "10" } },
  { what: "a max_age in hexadecimal", change: { max_age: "0x10" }, code: "A017303", twin: { max_age: "16" } },
  { what: "a max_age with a fraction", change: { max_age: "1.5" }, code: "A017304", twin: { max_age: "1" } },
  { what: "a negative max_age", change: { max_age: "-1" }, code: "A017305", twin: { max_age: "0" } },
  {
    what: "a max_age that is too long",
    change: { max_age: "2147483648" },
    code: "A017305",
    twin: { max_age: "2147483647" },
  },
  {
    what: "ui_locales twice",
    change: { ui_locales: ["a", "b"] },
    code: "A018302",
    twin: { ui_locales: "a b" },
  },
  {
    what: "claims_locales twice",
    change: { claims_locales: ["a", "b"] },
    code: "A020302",
    twin: { claims_locales: "a b" },
  },
  {
    what: "login_hint twice",
    change: { login_hint: ["a", "b"] },
    code: "A069302",
    twin: { login_hint: "a" },
  },
  {
    what: "acr_values twice",
    change: { acr_values: ["a", "a"] },
    service: { supportedAcrs: ["a"] },
    code: "A021302",
    twin: { acr_values: "a" },
  },
  {
    what: "an acr where none is supported",
    change: { acr_values: "mfa" },
    code: "A021303",
    twin: { service: { supportedAcrs: ["mfa"] } },
  },
  {
    what: "a default acr of the client where none is supported",
    client: { defaultAcrs: ["mfa"] },
    code: "A021303",
    twin: { client: { defaultAcrs: [] } },
  },
  {
    what: "an acr in the claims that is not supported",
    change: claims({ id_token: { acr: { value: "mfa" } } }),
    service: { supportedAcrs: ["pwd"] },
    code: "A021304",
    twin: claims({ id_token: { acr: { value: "pwd" } } }),
  },
  {
    what: "one acr of two that is not supported",
    change: { acr_values: "pwd mfa" },
    service: { supportedAcrs: ["pwd"] },
    code: "A021304",
    twin: { acr_values: "pwd" },
  },
  { what: "claims twice", change: { claims: ["{}", "{}"] }, code: "A022302", twin: { claims: "{}" } },
  { what: "claims that are no JSON", change: { claims: "{" }, code: "A022303", twin: { claims: "{}" } },
  { what: "claims that are a list", change: { claims: "[]" }, code: "A022303", twin: { claims: "{}" } },
  {
    what: "a userinfo member of the claims that is no object",
    change: claims({ userinfo: [] }),
    code: "A022304",
    twin: claims({ userinfo: {} }),
  },
  {
    what: "an id_token member of the claims that is no object",
    change: claims({ id_token: "x" }),
    code: "A022305",
    twin: claims({ id_token: null }),
  },
  {
    what: "a claim that is a text",
    change: claims({ userinfo: { name: "x" } }),
    code: "A023301",
    twin: claims({ userinfo: { name: null } }),
  },
  {
    what: "an essential that is a text",
    change: claims({ userinfo: { name: { essential: "true" } } }),
    code: "A023302",
    twin: claims({ userinfo: { name: { essential: true } } }),
  },
  {
    what: "a sub that is a number",
    change: claims({ id_token: { sub: { value: 5 } } }),
    code: "A023303",
    twin: claims({ id_token: { sub: { value: "5" } } }),
  },
  {
    what: "values that are a text",
    change: claims({ userinfo: { name: { values: "x" } } }),
    code: "A023304",
    twin: claims({ userinfo: { name: { values: ["x"] } } }),
  },
  {
    what: "an acr among values that is a number",
    change: claims({ id_token: { acr: { values: [1] } } }),
    service: { supportedAcrs: ["1"] },
    code: "A023305",
    twin: claims({ id_token: { acr: { values: ["1"] } } }),
  },
  {
    what: "claims one by one without anybody to ask",
    change: { prompt: "none", scope: "openid", ...claims({ userinfo: { name: null } }) },
    code: "A024301",
    twin: claims({ id_token: { sub: { value: "alice" }, auth_time: { essential: true } } }),
  },
  {
    what: "an id_token_hint twice",
    change: { id_token_hint: ["a", "b"] },
    code: "A069303",
    twin: { id_token_hint: "" },
  },
  {
    what: "an id_token_hint of words",
    change: { id_token_hint: "a.b.c" },
    code: "A069304",
    twin: { id_token_hint: "" },
  },
  { what: "purpose twice", change: { purpose: ["abc", "abc"] }, code: "A252302", twin: { purpose: "abc" } },
  {
    what: "a purpose that is too short",
    change: { purpose: "ab" },
    code: "A252303",
    twin: { purpose: "abc" },
  },
  {
    what: "a purpose that is too long",
    change: { purpose: "é".repeat(301) },
    code: "A252304",
    twin: { purpose: "🗝".repeat(300) },
  },
];

describe("every parameter has its rule: one thing is spoiled, and the twin of the request passes", () => {
  it.each(cases)("$what: $code", (spoiled) => expectSpoiled(test, spoiled));

  it("the first rule that is broken is told", async () => {
    expectRedirectedError(await ask(test, { prompt: "bogus", max_age: "soon", display: "wall" }), {
      code: "A016303",
      error: "invalid_request",
    });
  });
});

describe("claims by scope without anybody to ask", () => {
  const silent = { prompt: "none", nonce: "n-1" };

  it("are refused where only the ID token could have them (A024302)", async () => {
    await test.setService({ supportedResponseTypes: ["CODE", "ID_TOKEN"] });
    const only = { ...silent, response_type: "id_token" };
    const answer = await leavingNothing(test, () => ask(test, { ...only, scope: "openid email" }));
    expectRedirectedError(answer, { code: "A024302", error: "invalid_request", place: "fragment" });
    expect(waiting(await ask(test, { ...only, scope: "openid" })).action).toBe("NO_INTERACTION");
  });

  it("are no obstacle where the userinfo endpoint has them", async () => {
    expect(waiting(await ask(test, { ...silent, scope: "openid email" })).action).toBe("NO_INTERACTION");
  });
});

describe("the ID tokens of a public client", () => {
  const request = { client_id: phone.id, redirect_uri: PHONE_URI };

  it("are not signed with a secret (A406301)", async () => {
    await test.setClient(phone.id, { idTokenSignAlg: "HS256" });
    const answer = await leavingNothing(test, () => ask(test, request));
    expect(answer).toMatchObject({ action: "LOCATION", resultCode: "A406301" });
    expect(waiting(await ask(test, { ...request, scope: "email" })).action).toBe("INTERACTION");
    await test.setClient(phone.id, { idTokenSignAlg: "ES256" });
    expect(waiting(await ask(test, request)).action).toBe("INTERACTION");
  });
});
