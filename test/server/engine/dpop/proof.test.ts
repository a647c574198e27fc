import { createHmac, createPublicKey } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { anyText } from "../../../support/any-text.ts";
import { assertionParameters, clientAssertion } from "../../../support/client-assertion.ts";
import { dpopProof, type ProofOptions } from "../../../support/dpop-proof.ts";
import {
  basic,
  clients,
  form,
  openTestEngine,
  SERVICE_ID,
  summary,
  type TestEngine,
} from "../../../support/engine.ts";
import { type Alg, encoded, jwkSet, type Keys, makeKeys, unsigned } from "../../../support/jwt.ts";

const { backend } = clients;
const TARGET = "https://as.example/oauth/token";

let test: TestEngine;
let keys: Keys;
let other: Keys;
beforeAll(async () => {
  [keys, other] = await Promise.all([makeKeys(), makeKeys()]);
});
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

type Spoilt = Partial<ProofOptions>;

const proof = (spoilt: Spoilt = {}) => dpopProof(keys, { now: test.clock(), ...spoilt });

const ask = (dpop: unknown, request: Record<string, unknown> = {}) =>
  test.engine["auth/token"]({
    parameters: "grant_type=client_credentials",
    ...basic(backend),
    dpop: dpop as string,
    ...request,
  });

async function refused(answering: ReturnType<typeof ask>) {
  const before = test.issued();
  const answer = summary(await answering);
  expect(test.issued()).toBe(before);
  return answer;
}

const invalidProof = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_dpop_proof" });

describe("a proof", () => {
  it("binds the access token to its key", async () => {
    const answer = await ask(await proof());
    expect(answer).toMatchObject({ action: "OK", resultCode: "A052001" });
    if (answer.action !== "OK") throw new Error("nothing issued");
    expect(JSON.parse(answer.responseContent)).toMatchObject({ token_type: "DPoP" });
    expect(answer).not.toHaveProperty("dpopNonce");
  });

  it("asks for nothing when it is not there", async () => {
    for (const dpop of [undefined, null, ""]) {
      const answer = await ask(dpop);
      if (answer.action !== "OK") throw new Error("nothing issued");
      expect(JSON.parse(answer.responseContent)).toMatchObject({ token_type: "Bearer" });
    }
  });

  it.each<Alg>(["RS256", "PS256", "ES256", "ES384", "EdDSA"])("%s: may be signed like this", async (alg) => {
    const own = await makeKeys(alg);
    expect(await ask(await dpopProof(own, { now: test.clock() }))).toMatchObject({ action: "OK" });
  });

  it("is signed with few algorithms in a FAPI mode", async () => {
    await test.setService({ supportedTokenAuthMethods: undefined, fapiModes: ["FAPI2_SECURITY"] });
    const client = await makeKeys();
    await test.setClient("3000", {
      clientType: "CONFIDENTIAL",
      tokenAuthMethod: "PRIVATE_KEY_JWT",
      jwks: jwkSet(client.jwk),
    });
    const askAsClient = async (own: Keys) => {
      const assertion = await clientAssertion({
        clientId: "3000",
        key: client.privateKey,
        now: test.clock(),
      });
      const parameters = form({ grant_type: "client_credentials", ...assertionParameters(assertion) });
      return test.engine["auth/token"]({ parameters, dpop: await dpopProof(own, { now: test.clock() }) });
    };
    expect(await refused(askAsClient(await makeKeys("ES384")))).toEqual(invalidProof("A254302"));
    expect(await refused(askAsClient(await makeKeys("RS256")))).toEqual(invalidProof("A254302"));
    for (const alg of ["ES256", "PS256", "EdDSA"] as const) {
      expect(await askAsClient(await makeKeys(alg))).toMatchObject({ action: "OK" });
    }
  });
});

describe("the header of a proof", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["no type", { typ: undefined }, "A254301"],
    ["another type", { typ: "JWT" }, "A254301"],
    ["a type in capitals", { typ: "DPOP+JWT" }, "A254301"],
    ["critical extensions", { crit: ["exp"], exp: 1 }, "A254301"],
    ["no key", { jwk: undefined }, "A254303"],
    ["no key but null", { jwk: null }, "A254303"],
    ["a key that is a text", { jwk: "key" }, "A254303"],
    ["a list of keys", { jwk: [] }, "A254303"],
    ["a key of another kind", { jwk: { kty: "OKP", crv: "Ed25519", x: "AAAA" } }, "A254303"],
    ["a secret key", { jwk: { kty: "oct", k: "AAAA" } }, "A254303"],
    ["half a key", { jwk: { kty: "EC", crv: "P-256", x: "AAAA" } }, "A254303"],
  ])("is refused: %s", async (_, header, code) => {
    if (header.crit) {
      const text = unsigned({ alg: "ES256", typ: "dpop+jwt", jwk: keys.jwk, ...header }, {}, "AAAA");
      expect(await refused(ask(text))).toEqual(invalidProof(code));
      return;
    }
    expect(await refused(ask(await proof({ header })))).toEqual(invalidProof(code));
  });

  it("must not show the private key, or any part of it", async () => {
    for (const member of ["d", "k", "p", "q", "dp", "dq", "qi", "oth"]) {
      const jwk = { ...keys.jwk, [member]: "AAAA" };
      expect(await refused(ask(await proof({ header: { jwk } })))).toEqual(invalidProof("A254303"));
    }
    expect(await refused(ask(await proof({ header: { jwk: keys.privateJwk } })))).toEqual(
      invalidProof("A254303"),
    );
  });

  it.each<[string, unknown, string]>([
    ["none", "none", "A254302"],
    ["NONE", "NONE", "A254302"],
    ["symmetric", "HS256", "A254302"],
    ["unknown", "ES257", "A254302"],
    ["inherited", "toString", "A254302"],
    ["null", null, "A254302"],
    ["a number", 5, "A254302"],
    ["missing", undefined, "A254304"],
    ["of another key", "PS256", "A254303"],
  ])("must name an algorithm that is good: not %s", async (_, alg, code) => {
    const header = { alg, typ: "dpop+jwt", jwk: keys.jwk };
    const payload = { jti: "1", htm: "POST", htu: TARGET, iat: test.clock() / 1000 };
    expect(await refused(ask(unsigned(header, payload, "AAAA")))).toEqual(invalidProof(code));
  });

  it("cannot make a secret of the public key", async () => {
    const header = { alg: "HS256", typ: "dpop+jwt", jwk: keys.jwk };
    const payload = { jti: "1", htm: "POST", htu: TARGET, iat: test.clock() / 1000 };
    const input = `${encoded(header)}.${encoded(payload)}`;
    const pem = createPublicKey(keys.privateKey).export({ type: "spki", format: "pem" });
    const jwt = `${input}.${createHmac("sha256", pem).update(input).digest("base64url")}`;
    expect(await refused(ask(jwt))).toEqual(invalidProof("A254302"));
  });
});

describe("the signature of a proof", () => {
  it("is made with the key in its header", async () => {
    expect(await refused(ask(await proof({ signedWith: other })))).toEqual(invalidProof("A254301"));
    const [header, , signature] = (await proof()).split(".");
    const payload = encoded({ jti: "x", htm: "POST", htu: TARGET, iat: test.clock() / 1000 });
    expect(await refused(ask(`${header}.${payload}.${signature}`))).toEqual(invalidProof("A254301"));
    expect(await refused(ask(`${header}.${payload}.`))).toEqual(invalidProof("A254301"));
    expect(await refused(ask(`${header}.${payload}.AAAA`))).toEqual(invalidProof("A254301"));
  });
});

describe("the claims of a proof", () => {
  const seconds = Date.UTC(2030, 0, 1) / 1000;

  it.each<[string, Record<string, unknown>]>([
    ["no identifier", { jti: undefined }],
    ["an empty identifier", { jti: "" }],
    ["an identifier that is a number", { jti: 1 }],
    ["no method", { htm: undefined }],
    ["another method", { htm: "GET" }],
    ["the method in small letters", { htm: "post" }],
    ["no target", { htu: undefined }],
    ["another path", { htu: "https://as.example/oauth/revoke" }],
    ["another host", { htu: "https://evil.example/oauth/token" }],
    ["another scheme", { htu: "http://as.example/oauth/token" }],
    ["a target that is none", { htu: "/oauth/token" }],
    ["no time", { iat: undefined }],
    ["a time that is a text", { iat: String(seconds) }],
    ["a time too far in the past", { iat: seconds - 301 }],
    ["a time too far in the future", { iat: seconds + 301 }],
  ])("are refused: %s", async (_, claims) => {
    expect(await refused(ask(await proof({ claims })))).toEqual(invalidProof("A254301"));
    expect(await ask(await proof())).toMatchObject({ action: "OK" });
  });

  it.each<[string, Record<string, unknown>]>([
    ["a target with query and fragment", { htu: `${TARGET}?a=1#b` }],
    ["a target written otherwise", { htu: "HTTPS://AS.example:443/oauth/%74oken" }],
    ["five minutes ago", { iat: seconds - 300 }],
    ["in five minutes", { iat: seconds + 300 }],
    ["a time in parts of a millisecond", { iat: seconds + 0.123_456_7 }],
    ["an end that is past", { exp: 1 }],
    ["a hash of an access token that is not used here", { ath: "AAAA" }],
    ["a nonce that nobody wants", { nonce: "x" }],
  ])("are good: %s", async (_, claims) => {
    expect(await ask(await proof({ claims }))).toMatchObject({ action: "OK" });
  });

  it("are about the method and the address that the call names, if it does", async () => {
    const htu = "https://mtls.as.example/token";
    const elsewhere = () => proof({ claims: { htu, htm: "PUT" } });
    expect(await refused(ask(await elsewhere()))).toEqual(invalidProof("A254301"));
    expect(await refused(ask(await elsewhere(), { htu }))).toEqual(invalidProof("A254301"));
    expect(await refused(ask(await elsewhere(), { htm: "PUT" }))).toEqual(invalidProof("A254301"));
    expect(await ask(await elsewhere(), { htu: `${htu}?x`, htm: "PUT" })).toMatchObject({ action: "OK" });
    expect(await ask(await proof(), { htu: null, htm: "" })).toMatchObject({ action: "OK" });
  });

  it("prove nothing where the address of the endpoint is not known", async () => {
    await test.setService({ tokenEndpoint: undefined });
    expect(await refused(ask(await proof()))).toEqual(invalidProof("A254301"));
    expect(await refused(ask(await proof({ claims: { htu: undefined } })))).toEqual(invalidProof("A254301"));
    expect(await ask(await proof(), { htu: TARGET })).toMatchObject({ action: "OK" });
  });
});

describe("a proof is one, in one header", () => {
  it("and not two of them with a comma", async () => {
    expect(await refused(ask(`${await proof()}, ${await proof()}`))).toEqual(invalidProof("A254301"));
    expect(await refused(ask(`${await proof()},`))).toEqual(invalidProof("A254301"));
    expect(await refused(ask(` ${await proof()}`))).toEqual(invalidProof("A254301"));
  });

  it("and nothing that anybody could write makes the engine fail", async () => {
    const text = fc.oneof(
      anyText({ minLength: 1 }),
      fc.tuple(fc.json(), fc.json()).map(([header, payload]) => unsigned(header, payload, "AAAA")),
      fc
        .tuple(fc.dictionary(fc.constantFrom("alg", "typ", "jwk", "kid"), fc.jsonValue()), fc.object())
        .map(([header, payload]) => unsigned({ typ: "dpop+jwt", alg: "ES256", ...header }, payload, "AAAA")),
    );
    await fc.assert(
      fc.asyncProperty(text, async (dpop) => {
        expect((await refused(ask(dpop))).code).toMatch(/^A25430[1-4]$/);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a proof is used once", () => {
  it("and refused the second time", async () => {
    const dpop = await proof();
    expect(await ask(dpop)).toMatchObject({ action: "OK" });
    expect(await refused(ask(dpop))).toEqual(invalidProof("A254301"));
  });

  it("by one of 64 who use it at the same time", async () => {
    const dpop = await proof();
    const answers = await Promise.all(Array.from({ length: 64 }, () => ask(dpop)));
    const codes = answers.map(({ resultCode }) => resultCode).toSorted();
    expect(codes).toEqual(["A052001", ...Array.from({ length: 63 }, () => "A254301")]);
    expect(test.issued()).toBe(1);
  });

  it("is remembered for as long as it could be used", async () => {
    const claims = { iat: test.clock() / 1000 + 300 };
    const dpop = await proof({ claims });
    await ask(dpop);
    test.clock.advance(600_000);
    await test.store.removeExpired(test.clock(), 1000);
    expect(await refused(ask(dpop))).toEqual(invalidProof("A254301"));
    const another = await proof({ claims });
    expect(await ask(another)).toMatchObject({ action: "OK" });
  });

  it("may have an identifier that another key has used", async () => {
    const claims = { jti: "the same" };
    expect(await ask(await proof({ claims }))).toMatchObject({ action: "OK" });
    expect(await ask(await dpopProof(other, { claims, now: test.clock() }))).toMatchObject({ action: "OK" });
    expect(await refused(ask(await proof({ claims })))).toEqual(invalidProof("A254301"));
  });

  it("is remembered until a whole millisecond, which every database can say", async () => {
    const iat = test.clock() / 1000 + 0.123_456_7;
    await ask(await proof({ claims: { iat, jti: "parts" } }));
    const keyHash = hashOf(JSON.stringify([SERVICE_ID, `key ${keys.jkt}`, "parts"]));
    const artifact = await test.store.engine.read.findArtifact("used_jti", keyHash);
    expect(artifact?.expiresAt).toBe(Math.ceil(iat * 1000 + 300_001));
  });

  it("is used up by nobody without the key", async () => {
    const claims = { jti: "the same" };
    await refused(ask(await proof({ claims, signedWith: other })));
    expect(await ask(await proof({ claims }))).toMatchObject({ action: "OK" });
  });
});
