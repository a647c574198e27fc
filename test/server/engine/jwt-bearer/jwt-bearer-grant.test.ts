import fc from "fast-check";
import { CompactEncrypt } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import { form, ISSUER, summary, type TestEngine } from "../../../support/engine.ts";
import { ask, native, openGrantEngine, web } from "../../../support/grants.ts";
import { makeKeys, signJwt, unsigned } from "../../../support/jwt.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine({ service: { allowableClockSkew: 0 } });
});
afterEach(() => test.close());

const grant_type = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const keys = makeKeys("ES256");
const grantError = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_grant" });
const requestError = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_request" });

type Claims = Record<string, unknown>;
type Call = Parameters<typeof ask>[2];

const seconds = () => test.clock() / 1000;
const claims = (change: Claims = {}): Claims => ({
  iss: "https://idp.example",
  sub: "alice",
  aud: ISSUER,
  exp: seconds() + 60,
  ...change,
});
const signed = async (payload: Claims | string) =>
  signJwt((await keys).privateKey, { header: { alg: "ES256" }, payload });
const present = (assertion: string, call: Call = {}) => ask(test, { grant_type, assertion }, call);

describe("an assertion as a grant", () => {
  it("goes to the caller, who decides; nothing is issued or kept", async () => {
    const assertion = await signed(claims());
    await test.setClient(web.id, { attributes: [{ key: "tier", value: "1" }] });
    const parameters = { scope: "profile unknown", resource: "https://api.example" };
    expect(await present(assertion, { parameters })).toEqual({
      resultCode: "A314001",
      resultMessage: expect.stringMatching(/^\[A314001\] /),
      action: "JWT_BEARER",
      grantType: "JWT_BEARER",
      assertion,
      clientAuthMethod: "CLIENT_SECRET_BASIC",
      clientId: Number(web.id),
      clientIdAliasUsed: false,
      scopes: ["profile"],
      resources: ["https://api.example"],
      clientAttributes: [{ key: "tier", value: "1" }],
    });
    expect([test.issued(), test.artifacts()]).toEqual([0, 0]);
  });

  it.each<[string, Claims]>([
    ["this issuer among others", { aud: ["https://other.example", ISSUER] }],
    ["the token endpoint", { aud: `${ISSUER}/oauth/token` }],
  ])("may name as audience %s", async (_, change) => {
    expect((await present(await signed(claims(change)))).action).toBe("JWT_BEARER");
  });

  it.each<[string, string, () => Claims | string]>([
    ["A901330", "it is no object", () => "[]"],
    ["A314305", "exp is missing", () => claims({ exp: undefined })],
    ["A901333", "exp is no number", () => claims({ exp: "tomorrow" })],
    ["A901334", "iat is to come", () => claims({ iat: seconds() + 1 })],
    ["A901334", "iat is no number", () => claims({ iat: "now" })],
    ["A901335", "nbf is to come", () => claims({ nbf: seconds() + 1 })],
    ["A314309", "exp is now", () => claims({ exp: seconds() })],
    ["A901336", "iss is missing", () => claims({ iss: undefined })],
    ["A901336", "iss is no text", () => claims({ iss: 7 })],
    ["A901337", "sub is missing", () => claims({ sub: undefined })],
    ["A901338", "aud is missing", () => claims({ aud: undefined })],
    ["A901338", "aud is no text", () => claims({ aud: [ISSUER, 7] })],
    ["A314314", "aud is somebody else", () => claims({ aud: "https://other.example" })],
    ["A314314", "aud is nobody", () => claims({ aud: [] })],
  ])("%s: is refused when %s", async (code, _, payload) => {
    expect(summary(await present(await signed(payload())))).toEqual(grantError(code));
  });

  it("allows for clocks that differ", async () => {
    await test.setService({ allowableClockSkew: 30 });
    const skewed = claims({ exp: seconds() - 29, iat: seconds() + 30, nbf: seconds() + 30 });
    expect((await present(await signed(skewed))).action).toBe("JWT_BEARER");
    expect(summary(await present(await signed(claims({ exp: seconds() - 30 }))))).toEqual(
      grantError("A314309"),
    );
  });

  it.each<[string, Call, string]>([
    ["is missing", { parameters: { assertion: [] } }, "A901329"],
    ["is empty", { parameters: { assertion: "" } }, "A901329"],
    ["comes twice", { parameters: { assertion: ["a.b.c", "a.b.c"] } }, "A250301"],
    ["has two scopes", { parameters: { scope: ["a", "b"] } }, "A250301"],
  ])("that %s is refused", async (_, call, code) => {
    expect(summary(await present(await signed(claims()), call))).toEqual(requestError(code));
  });

  it("may be unsigned or encrypted unless the service says no", async () => {
    const plain = unsigned({ alg: "none" }, claims());
    const jwe = await new CompactEncrypt(Buffer.from("secret"))
      .setProtectedHeader({ alg: "dir", enc: "A128GCM" })
      .encrypt(new Uint8Array(16));
    for (const assertion of [plain, jwe]) expect((await present(assertion)).action).toBe("JWT_BEARER");
    await test.setService({ jwtGrantUnsignedJwtRejected: true, jwtGrantEncryptedJwtRejected: true });
    expect(summary(await present(plain))).toEqual(grantError("A314310"));
    expect(summary(await present(unsigned({ alg: "ES256" }, claims())))).toEqual(grantError("A314310"));
    expect(summary(await present(jwe))).toEqual(grantError("A901331"));
    expect((await present(await signed(claims()))).action).toBe("JWT_BEARER");
  });

  it("may come from a public client, or from one that does not name itself unless the service says no", async () => {
    const assertion = await signed(claims());
    expect(await present(assertion, { client: native })).toMatchObject({
      action: "JWT_BEARER",
      clientAuthMethod: "NONE",
    });
    const anonymously = () =>
      test.engine["auth/token"]({ parameters: form({ grant_type, assertion, scope: "profile" }) });
    const answer = await anonymously();
    expect(answer).toMatchObject({ action: "JWT_BEARER", assertion });
    for (const name of ["clientId", "clientAuthMethod", "scopes"]) expect(answer).not.toHaveProperty(name);
    await test.setService({ jwtGrantByIdentifiableClientsOnly: true });
    expect(summary(await anonymously())).toEqual(requestError("A901332"));
    expect((await present(assertion)).action).toBe("JWT_BEARER");
  });

  it("needs a client that proves who it is where a FAPI mode holds", async () => {
    const assertion = await signed(claims());
    await test.setService({ fapiModes: ["FAPI2_SECURITY"] });
    const parameters = form({ grant_type, assertion });
    expect(summary(await test.engine["auth/token"]({ parameters }))).toEqual(requestError("A244305"));
  });

  it("needs a service and a client that have the grant type", async () => {
    const assertion = await signed(claims());
    const change = async (grantTypes: Client["grantTypes"]) => test.setClient(web.id, { grantTypes });
    await change(["PASSWORD"]);
    const unauthorized = { action: "BAD_REQUEST", code: "A047302", error: "unauthorized_client" };
    expect(summary(await present(assertion))).toEqual(unauthorized);
    await change(["JWT_BEARER"]);
    expect((await present(assertion)).action).toBe("JWT_BEARER");
    await test.setService({ supportedGrantTypes: ["PASSWORD"] });
    const unsupported = { action: "BAD_REQUEST", code: "A049305", error: "unsupported_grant_type" };
    expect(summary(await present(assertion))).toEqual(unsupported);
    const parameters = form({ grant_type, assertion });
    expect(summary(await test.engine["auth/token"]({ parameters }))).toEqual(unsupported);
  });

  it("is refused, never failed on, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.string({ unit: "binary" }),
          fc.tuple(fc.json(), fc.json()).map(([header, payload]) => unsigned(header, payload, "x")),
        ),
        async (assertion) => {
          expect((await present(assertion)).action).toBe("BAD_REQUEST");
        },
      ),
      { numRuns: 80 },
    );
  }, 30_000);
});
