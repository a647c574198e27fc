import { createSecretKey } from "node:crypto";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { jwkSet, type Keys, makeKeys, signJwt, unsigned } from "../../../support/jwt.ts";
import {
  ask,
  expectError,
  expectRedirectedError,
  ISSUER,
  leavingNothing,
  openAuthorizationEngine,
  type Parameters,
  REDIRECT_URI,
  redirect,
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

const payload = (change: Json = {}) => payloadFor(test, change);
const signed = (change: Json = {}) => signedRequest(test, keys, change);
const present = (request: string, beside: Parameters = {}) => presentTo(test, request, beside);
const error = "invalid_request_object";

describe("a request object by value (RFC 9101)", () => {
  it("is the whole request; what stands beside it does not count", async () => {
    const request = await signed({
      max_age: 60,
      claims: { id_token: { sub: { value: "alice" } } },
      resource: ["urn:a", "urn:b"],
    });
    const answer = waiting(await present(request, { scope: "profile", login_hint: "bob", state: "other" }));
    expect(answer).toMatchObject({ maxAge: 60, subject: "alice", resources: ["urn:a", "urn:b"] });
    expect(answer.scopes?.map(({ name }) => name)).toEqual(["openid", "email"]);
    expect(answer).not.toHaveProperty("loginHint");
    expect(JSON.parse(answer.requestObjectPayload ?? "")).toMatchObject({ client_id: site.id, max_age: 60 });
    const bad = await present(await signed({ prompt: "bogus" }), { state: "other" });
    expect(redirect(bad).parameters.state).toBe("the state");
  });

  it.each<[string, Json, string]>([
    ["a request inside", { request: "x" }, "A006308"],
    ["a request_uri inside", { request_uri: "x" }, "A006312"],
    ["another client inside", { client_id: "2000" }, "A005391"],
    ["a client_id that is a number", { client_id: 3001 }, "A005387"],
    ["no client_id", { client_id: undefined }, "A005391"],
    ["no response_type", { response_type: undefined }, "A006326"],
    ["a response_type that is a list", { response_type: ["code"] }, "A005395"],
    ["another issuer", { iss: "2000" }, "A006367"],
    ["an exp that has passed", { exp: 1 }, "A006339"],
    ["an exp that is a text", { exp: "tomorrow" }, "A006335"],
    ["an nbf to come", { nbf: 4_000_000_000 }, "A006347"],
    ["an nbf that is a text", { nbf: "now" }, "A006343"],
  ])(
    "with %s is refused in the body: there is no way back that could be trusted",
    async (_what, change, code) => {
      const request = await signed(change);
      expectError(await leavingNothing(test, () => present(request)), { code, error });
      expect(waiting(await present(await signed())).action).toBe("INTERACTION");
    },
  );

  it.each<[string, Json, string, string]>([
    ["a state that is a number", { state: 5 }, "A013301", "invalid_request"],
    ["a nonce that is a list", { nonce: ["n"] }, "A014301", "invalid_request"],
    ["a scope that is a list", { scope: ["openid"] }, "A007301", "invalid_request"],
    ["claims that are a text", { claims: "{}" }, "A022301", "invalid_request"],
    ["a max_age that is a list", { max_age: [] }, "A017301", "invalid_request"],
    ["a display that is an object", { display: {} }, "A015301", "invalid_request"],
    ["a prompt that is a number", { prompt: 1 }, "A016301", "invalid_request"],
    ["ui_locales that are a list", { ui_locales: ["en"] }, "A018301", "invalid_request"],
    ["claims_locales that are a list", { claims_locales: ["en"] }, "A020301", "invalid_request"],
    ["acr_values that are a list", { acr_values: ["a"] }, "A021301", "invalid_request"],
    ["a login_hint that is true", { login_hint: true }, "A069301", "invalid_request"],
    ["a response_mode that is a number", { response_mode: 1 }, "A012301", "invalid_request"],
    ["a purpose that is an object", { purpose: {} }, "A252301", "invalid_request"],
    ["a code_challenge that is a number", { code_challenge: 1 }, "A124309", "invalid_request"],
    [
      "a method that is a number",
      { code_challenge: "a".repeat(43), code_challenge_method: 1 },
      "A124310",
      "invalid_request",
    ],
    ["a registration", { registration: {} }, "A008312", "registration_not_supported"],
    ["a resource that is an object", { resource: { a: 1 } }, "A251301", "invalid_target"],
    [
      "authorization details that are a text",
      { authorization_details: "[]" },
      "A249305",
      "invalid_authorization_details",
    ],
  ])("with %s is refused by redirect", async (_what, change, code, refused) => {
    const answer = await present(await signed(change));
    expect(answer).toMatchObject({ action: "LOCATION", resultCode: code });
    expect(redirect(answer).parameters.error).toBe(refused);
  });

  it("with a redirect_uri that is no text, or is not registered, is refused in the body", async () => {
    expectError(await present(await signed({ redirect_uri: 5 })), {
      code: "A011301",
      error: "invalid_request",
    });
    const answer = await present(await signed({ redirect_uri: "https://evil.example/" }), {
      redirect_uri: REDIRECT_URI,
    });
    expectError(answer, { code: "A011304", error: "invalid_request" });
  });

  it("members that are null are not given", async () => {
    expect(waiting(await present(await signed({ max_age: null, prompt: null }))).maxAge).toBe(0);
  });

  it("twice is none", async () => {
    const request = await signed();
    const answer = await ask(test, { request: [request, request] });
    expectRedirectedError(answer, { code: "A008301", error: "invalid_request" });
  });

  it("beside parameters that show a way back is refused that way", async () => {
    expectRedirectedError(await ask(test, { request: "no.jwt" }), { code: "A005301", error });
  });
});

describe("its signature (RFC 9101 6.2)", () => {
  it("of another key, of other contents, or of none is not valid", async () => {
    const good = await signed();
    const [header = "", , signature = ""] = good.split(".");
    const other = await makeKeys("ES256", "k1");
    const foreign = await signJwt(other.privateKey, {
      header: { alg: "ES256", kid: "k1" },
      payload: payload(),
    });
    expectError(await present(foreign), { code: "A005328", error });
    const forged = `${header}.${Buffer.from(JSON.stringify(payload({ scope: "profile" }))).toString("base64url")}.${signature}`;
    expectError(await present(forged), { code: "A005328", error });
    expectError(await present(unsigned({ alg: "none" }, payload())), { code: "A008311", error });
    expectError(await present(unsigned({}, payload())), { code: "A005307", error });
    expectError(await present(unsigned({ alg: "XX1" }, payload(), "AA")), { code: "A005320", error });
    expectError(await present(unsigned({ alg: "NONE" }, payload())), { code: "A005320", error });
    expectError(await present("words"), { code: "A005301", error });
    expectError(await present(await signJwt(keys.privateKey, { header: { alg: "ES256" }, payload: "[]" })), {
      code: "A005378",
      error,
    });
    expect(waiting(await present(good)).action).toBe("INTERACTION");
  });

  it("is made with the registered algorithm, if there is one (A005336)", async () => {
    await test.setClient(site.id, { requestSignAlg: "PS256" });
    expectError(await present(await signed()), { code: "A005336", error });
    await test.setService({ traditionalRequestObjectProcessingApplied: true });
    expectRedirectedError(await ask(test, { request: unsigned({ alg: "none" }, {}) }), {
      code: "A005336",
      error,
    });
    await test.setClient(site.id, { requestSignAlg: "ES256" });
    expect(waiting(await ask(test, { request: await signed() })).action).toBe("INTERACTION");
  });

  it("by a secret is a confidential client's (RFC 7518 3.2)", async () => {
    const secret = createSecretKey(Buffer.from(site.secret));
    const request = await signJwt(secret, { header: { alg: "HS256" }, payload: payload() });
    expect(waiting(await present(request)).action).toBe("INTERACTION");
    await test.setClient(site.id, { clientType: "PUBLIC" });
    expectError(await present(request), { code: "A005316", error });
  });

  it("needs keys of the client", async () => {
    await test.setClient(site.id, { jwks: undefined });
    expectError(await present(await signed()), { code: "A005332", error });
    await test.setClient(site.id, { jwksUri: "https://client.example/jwks" });
    expectError(await present(await signed()), { code: "A005332", error });
    test.published.set("https://client.example/jwks", jwkSet(keys.jwk));
    expect(waiting(await present(await signed())).action).toBe("INTERACTION");
  });
});

describe("its audience", () => {
  it.each<[unknown, string | undefined]>([
    [undefined, "A006351"],
    [5, "A006355"],
    ["https://other.example", "A006359"],
    [["https://other.example"], "A006359"],
    [[ISSUER, "https://other.example"], undefined],
    [ISSUER, undefined],
  ])("%o counts where the service demands one", async (aud, code) => {
    await test.setService({ requestObjectAudienceChecked: true });
    const answer = await present(await signed({ aud }));
    if (code) expectError(answer, { code, error });
    else expect(answer.action).toBe("INTERACTION");
  });

  it.each<[unknown, string]>([
    ["https://other.example", "A006359"],
    [["https://other.example"], "A006359"],
    [[], "A006359"],
    [`${ISSUER}/`, "A006359"],
    [5, "A006355"],
    [null, "A006355"],
  ])("%o is somebody else's where nothing is demanded, too (RFC 7519 4.1.3)", async (aud, code) => {
    expectError(await present(await signed({ aud })), { code, error });
    expect(waiting(await present(await signed())).action).toBe("INTERACTION");
  });

  it("may be left out (OIDC Core 6.1), and may be the authorization endpoint", async () => {
    const endpoint = "https://sign-in.example/authorize";
    const request = await signed({ aud: [endpoint] });
    expect(waiting(await present(await signed({ aud: undefined }))).action).toBe("INTERACTION");
    expectError(await present(request), { code: "A006359", error });
    await test.setService({ authorizationEndpoint: endpoint });
    expect(waiting(await present(request)).action).toBe("INTERACTION");
    await test.setService({ requestObjectAudienceChecked: true });
    expectError(await present(request), { code: "A006359", error });
  });

  it("clocks may differ by what the service allows", async () => {
    const request = await signed({ exp: Math.floor(test.clock() / 1000) - 5, nbf: undefined });
    expectError(await present(request), { code: "A006339", error });
    await test.setService({ allowableClockSkew: 10 });
    expect(waiting(await present(request)).action).toBe("INTERACTION");
  });
});
