import { createPrivateKey } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ISSUER, summary, type TestEngine } from "../../../support/engine.ts";
import { makeKeys, signJwt, unsigned } from "../../../support/jwt.ts";
import { authenticate, openBackchannelEngine, poll } from "./backchannel-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openBackchannelEngine();
});
afterEach(() => test.close());

const good = { iss: ISSUER, aud: [poll.id], sub: "alice", exp: 1 };

/** An ID token as the service signs them, or not quite. */
async function idToken(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}) {
  const { keys = [] } = await test.engine["service/jwks/get"]({ includePrivateKeys: true });
  const jwk = keys.find(({ alg }) => alg === "ES256");
  const key = createPrivateKey({ key: jwk as never, format: "jwk" });
  return signJwt(key, { header: { alg: "ES256", ...header }, payload: { ...good, ...claims } });
}

const hinted = (id_token_hint: string) =>
  authenticate(test, { parameters: { login_hint: "", id_token_hint } });

describe("an ID token as hint", () => {
  it("tells the subject, even if it has expired", async () => {
    const hint = await idToken();
    expect(await hinted(hint)).toMatchObject({
      action: "USER_IDENTIFICATION",
      hintType: "ID_TOKEN_HINT",
      hint,
      sub: "alice",
    });
    expect(await hinted(await idToken({ aud: poll.id }))).toMatchObject({ sub: "alice" });
  });

  it("may be signed with the client's secret", async () => {
    const hint = await signJwt(Buffer.from(poll.secret), { header: { alg: "HS256" }, payload: good });
    expect(await hinted(hint)).toMatchObject({ sub: "alice" });
    const other = await signJwt(Buffer.from("x".repeat(32)), { header: { alg: "HS256" }, payload: good });
    expect(summary(await hinted(other))).toMatchObject({ code: "A902313" });
  });

  it("may name the client by its alias", async () => {
    const hint = await idToken({ aud: ["bank"] });
    expect(summary(await hinted(hint))).toMatchObject({ code: "A175308" });
    await test.setClient(poll.id, { clientIdAlias: "bank" });
    expect(await hinted(hint)).toMatchObject({ sub: "alice" });
  });

  it("is no such thing if somebody else signed it", async () => {
    const { privateKey } = await makeKeys("ES256");
    const forged = await signJwt(privateKey, { header: { alg: "ES256" }, payload: good });
    expect(summary(await hinted(forged))).toMatchObject({ code: "A902313", error: "invalid_request" });
    const genuine = await idToken();
    const [header, , signature] = genuine.split(".");
    const payload = Buffer.from(JSON.stringify({ ...good, sub: "bob" })).toString("base64url");
    expect(summary(await hinted(`${header}.${payload}.${signature}`))).toMatchObject({ code: "A902313" });
    expect(test.artifacts()).toBe(0);
  });

  it.each([
    ["A175301", "anything else", async () => "x"],
    ["A175302", "an unsigned JWT", async () => unsigned({ alg: "none" }, good)],
    ["A175303", "an encrypted JWT", async () => `${unsigned({ alg: "dir", enc: "A128GCM" }, "")}a.b.c`],
    ["A175304", "claims that are none", async () => unsigned({ alg: "ES256" }, "[]", "AA")],
    ["A175305", "no issuer", () => idToken({ iss: undefined })],
    ["A175306", "another issuer", () => idToken({ iss: "https://evil.example" })],
    ["A175307", "no audience", () => idToken({ aud: undefined })],
    ["A175308", "other audiences", () => idToken({ aud: ["2000", "2001"] })],
    ["A175309", "another audience", () => idToken({ aud: "2000" })],
    ["A175310", "no subject", () => idToken({ sub: undefined })],
    ["A175310", "an empty subject", () => idToken({ sub: "" })],
    ["A902313", "an access token", () => idToken({}, { typ: "at+jwt" })],
    ["A902313", "an introspection answer", () => idToken({}, { typ: "token-introspection+jwt" })],
  ])("%s: is not %s", async (code, _, make) => {
    expect(summary(await hinted(await make()))).toMatchObject({ action: "BAD_REQUEST", code });
    expect(test.artifacts()).toBe(0);
  });
});
