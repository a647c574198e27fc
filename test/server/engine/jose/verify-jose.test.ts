import { createPrivateKey } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clients, openTestEngine, SERVICE_ID, type TestEngine } from "../../../support/engine.ts";
import { type Alg, encoded, jwkSet, type Keys, makeKeys, signJwt, unsigned } from "../../../support/jwt.ts";

const { backend } = clients;
const URI = "https://client.example/jwks";
const secret = "s".repeat(64);

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const verify = (request: Record<string, unknown>) => test.engine["jose/verify"](request as never);
const seconds = () => Math.floor(test.clock() / 1000);

const valid = {
  resultCode: "A160001",
  resultMessage: expect.stringMatching(/^\[A160001\] /),
  valid: true,
  signatureValid: true,
};
/** What a finding of one thing looks like. */
const defective = (code: string, more: object) => ({
  resultCode: code,
  resultMessage: expect.stringMatching(new RegExp(`^\\[${code}\\] `)),
  valid: false,
  errorDescriptions: [expect.stringMatching(new RegExp(`^\\[${code}\\] `))],
  ...more,
});
const unproved = (code: string) => defective(code, { signatureValid: false });

/** A JWT with the key of the service for an algorithm. */
async function ofService(payload: object | string, { alg = "ES256" as Alg, header = {} } = {}) {
  const { keys } = await test.engine["service/jwks/get"]({ includePrivateKeys: true });
  const jwk = keys.find((candidate) => candidate.alg === alg) as JsonWebKey;
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  return signJwt(key, { header: { alg, ...header }, payload: payload as string });
}

describe("an object that the service has signed", () => {
  it.each<Alg>(["ES256", "EdDSA", "RS256", "PS256"])("is valid: %s", async (alg) => {
    expect(await verify({ jose: await ofService({ a: 1 }, { alg }) })).toEqual(valid);
  });

  it("may hold anything, unless it has to have claims", async () => {
    const jose = await ofService("any text");
    expect(await verify({ jose })).toEqual(valid);
    expect(await verify({ jose, mandatoryClaims: [] })).toEqual(valid);
    expect(await verify({ jose, mandatoryClaims: ["sub"] })).toEqual(
      defective("A160203", { signatureValid: true }),
    );
  });

  it("is not valid when somebody else has signed it, or changed it", async () => {
    const own = await makeKeys("ES256");
    const jose = await signJwt(own.privateKey, { header: { alg: "ES256" }, payload: { a: 1 } });
    expect(await verify({ jose })).toEqual(unproved("A160219"));
    const [header, , signature] = (await ofService({ a: 1 })).split(".");
    expect(await verify({ jose: `${header}.${encoded({ a: 2 })}.${signature}` })).toEqual(
      unproved("A160219"),
    );
  });

  it("names a key that the service has, if it names one", async () => {
    const kid = "unknown";
    expect(await verify({ jose: await ofService({}, { header: { kid } }) })).toEqual(unproved("A160221"));
    await test.setService({ jwks: undefined });
    const own = await makeKeys("ES256");
    const jose = await signJwt(own.privateKey, { header: { alg: "ES256" }, payload: {} });
    expect(await verify({ jose })).toEqual(unproved("A160218"));
  });

  it("is not valid for a client's keys", async () => {
    await test.setClient(backend.id, { jwks: jwkSet((await makeKeys("ES256")).jwk) });
    const request = { jose: await ofService({}), signedByClient: true, clientIdentifier: backend.id };
    expect(await verify(request)).toEqual(unproved("A160219"));
  });
});

describe("an object that a client has signed", () => {
  let own: Keys;
  beforeEach(async () => {
    own = await makeKeys("EdDSA", "own");
    await test.setClient(backend.id, { jwks: jwkSet(own.jwk) });
  });
  const signed = (payload: object = {}, header: object = {}) =>
    signJwt(own.privateKey, {
      header: { alg: "EdDSA", ...header },
      payload: payload as Record<string, unknown>,
    });
  const byBackend = { signedByClient: true, clientIdentifier: backend.id };

  it("is valid with its keys, and only where the call says that a client has signed", async () => {
    const jose = await signed();
    expect(await verify({ jose, ...byBackend })).toEqual(valid);
    expect(await verify({ jose, ...byBackend, signedByClient: false })).toEqual(unproved("A160219"));
    const foreign = await makeKeys("EdDSA");
    const other = await signJwt(foreign.privateKey, { header: { alg: "EdDSA" }, payload: {} });
    expect(await verify({ jose: other, ...byBackend })).toEqual(unproved("A160219"));
  });

  it("may tell itself whose it is", async () => {
    const signedByClient = true;
    expect(await verify({ jose: await signed({ iss: backend.id }), signedByClient })).toEqual(valid);
    expect(await verify({ jose: await signed({ iss: 2001 }), signedByClient })).toEqual(unproved("A160214"));
    expect(await verify({ jose: await signed({}), signedByClient })).toEqual(unproved("A160215"));
    expect(await verify({ jose: await signed({ iss: "2999" }), signedByClient })).toEqual(
      unproved("A160216"),
    );
    const named = { jose: await signed({ iss: 7 }), ...byBackend };
    expect(await verify(named)).toEqual(valid);
  });

  it("belongs to a client that there is, and that is not locked", async () => {
    const jose = await signed();
    for (const clientIdentifier of ["2999", "nobody", "\u0000", "\ud800"]) {
      expect(await verify({ jose, signedByClient: true, clientIdentifier })).toEqual(unproved("A160216"));
    }
    await test.setClient(backend.id, { locked: true });
    expect(await verify({ jose, ...byBackend })).toEqual(unproved("A160216"));
  });

  it("may name the client by an alias, where aliases are allowed", async () => {
    await test.setClient(backend.id, { clientIdAlias: "shop", clientIdAliasEnabled: true });
    const request = { jose: await signed(), signedByClient: true, clientIdentifier: "shop" };
    expect(await verify(request)).toEqual(unproved("A160216"));
    await test.setService({ clientIdAliasEnabled: true });
    expect(await verify(request)).toEqual(valid);
  });

  it("needs keys of the client, those at its address too", async () => {
    const jose = await signed();
    await test.setClient(backend.id, { jwks: undefined });
    expect(await verify({ jose, ...byBackend })).toEqual(unproved("A160301"));
    await test.setClient(backend.id, { jwksUri: URI });
    expect(await verify({ jose, ...byBackend })).toEqual(unproved("A160108"));
    test.published.set(URI, jwkSet((await makeKeys("ES256")).jwk));
    expect(await verify({ jose, ...byBackend })).toEqual(unproved("A160221"));
    test.published.set(URI, jwkSet(own.jwk));
    expect(await verify({ jose, ...byBackend })).toEqual(valid);
  });

  it("may be signed with the secret of the client", async () => {
    await test.setClient(backend.id, { clientSecret: secret });
    const jose = await signJwt(Buffer.from(secret), { header: { alg: "HS256" }, payload: {} });
    expect(await verify({ jose, ...byBackend })).toEqual(valid);
    expect(await verify({ jose, clientIdentifier: backend.id })).toEqual(valid);
    expect(await verify({ jose })).toEqual(unproved("A160215"));
    const other = await signJwt(Buffer.from("x".repeat(64)), { header: { alg: "HS256" }, payload: {} });
    expect(await verify({ jose: other, ...byBackend })).toEqual(unproved("A160219"));
    await test.setClient(backend.id, { clientSecret: "short" });
    expect(await verify({ jose, ...byBackend })).toEqual(unproved("A160217"));
    await test.setClient(backend.id, { clientSecret: secret, clientType: "PUBLIC" });
    expect(await verify({ jose, ...byBackend })).toEqual(unproved("A160217"));
  });
});

describe("the times of an object", () => {
  it.each([
    [{ exp: 0 }, "exp", "A160206"],
    [{ exp: -1 }, "exp", "A160206"],
    [{ nbf: 1 }, "nbf", "A160208"],
    [{ iat: 1 }, "iat", "A160207"],
  ])("are not right: %j seconds from now", async (offsets, claim, code) => {
    const times = Object.entries(offsets).map(([name, offset]) => [name, seconds() + offset]);
    const jose = await ofService(Object.fromEntries(times));
    expect(await verify({ jose })).toEqual(defective(code, { signatureValid: true, invalidClaims: [claim] }));
    expect(await verify({ jose, clockSkew: 2 })).toEqual(valid);
  });

  it("are right until the second in which the object expires", async () => {
    const jose = await ofService({ exp: seconds() + 1, nbf: seconds(), iat: seconds() });
    expect(await verify({ jose })).toEqual(valid);
    test.clock.advance(999);
    expect(await verify({ jose })).toEqual(valid);
    test.clock.advance(1);
    expect(await verify({ jose })).toMatchObject({ valid: false, invalidClaims: ["exp"] });
    for (const clockSkew of [null, 0, -5, "5"]) {
      expect(await verify({ jose, clockSkew })).toMatchObject({ valid: false });
    }
    expect(await verify({ jose, clockSkew: 1 })).toEqual(valid);
  });

  it("are numbers", async () => {
    for (const exp of ["soon", null, true, {}]) {
      expect(await verify({ jose: await ofService({ exp }) })).toEqual(
        defective("A160205", { signatureValid: true, invalidClaims: ["exp"] }),
      );
    }
  });

  it("are not forgiven by the clock skew of the service", async () => {
    await test.setService({ allowableClockSkew: 60 });
    expect(await verify({ jose: await ofService({ exp: seconds() - 1 }) })).toMatchObject({ valid: false });
  });
});

describe("everything that is wrong", () => {
  it("is told at once", async () => {
    const own = await makeKeys("ES256");
    const payload = { exp: 1, nbf: seconds() + 9, iat: "x", sub: "alice" };
    const jose = await signJwt(own.privateKey, { header: { alg: "ES256" }, payload });
    const answer = await verify({ jose, mandatoryClaims: ["sub", "aud jti", "aud"] });
    expect(answer).toEqual({
      resultCode: "A160204",
      resultMessage: "[A160204] A mandatory claim is missing: aud",
      valid: false,
      signatureValid: false,
      missingClaims: ["aud", "jti"],
      invalidClaims: ["exp", "nbf", "iat"],
      errorDescriptions: expect.any(Array),
    });
    const codes = (answer.errorDescriptions ?? []).map((text) => text.slice(1, 8));
    expect(codes).toEqual(["A160204", "A160204", "A160206", "A160208", "A160205", "A160219"]);
  });

  it("includes names that every object has by inheritance", async () => {
    const jose = await ofService({ toString: 1 });
    const mandatoryClaims = ["toString", "constructor", "__proto__"];
    expect(await verify({ jose, mandatoryClaims })).toMatchObject({
      valid: false,
      missingClaims: ["constructor", "__proto__"],
    });
  });
});

describe("what is no signed object", () => {
  it.each([undefined, null, "", 7, {}])("%j is nothing", async (jose) => {
    expect(await verify({ jose })).toEqual(unproved("A160201"));
  });

  it.each([
    ["no JOSE at all", "text", "A160202"],
    ["a header that is no object", `${encoded([])}.e30.x`, "A160202"],
    ["extensions that are not understood", unsigned({ alg: "ES256", crit: ["b64"] }, {}, "x"), "A160202"],
    ["an encrypted object", `${encoded({ alg: "dir", enc: "A256GCM" })}.a.b.c.d`, "A160101"],
    ["no algorithm", unsigned({}, {}, "x"), "A160210"],
    ["an algorithm that is no text", unsigned({ alg: ["ES256"] }, {}, "x"), "A160210"],
    ["an unknown algorithm", unsigned({ alg: "RS1" }, {}, "x"), "A160211"],
    ["no signature", unsigned({ alg: "none" }, {}), "A160211"],
    ["no signature, loudly", unsigned({ alg: "NONE" }, {}), "A160211"],
    ["an inherited name", unsigned({ alg: "constructor" }, {}, "x"), "A160211"],
  ])("%s is not valid", async (_what, jose, code) => {
    expect(await verify({ jose })).toEqual(unproved(code));
    await test.setClient(backend.id, { clientSecret: secret, jwks: jwkSet((await makeKeys()).jwk) });
    const byClient = await verify({ jose, signedByClient: true, clientIdentifier: backend.id });
    expect(byClient).toMatchObject({ valid: false, signatureValid: false });
  });

  it("nothing that anybody makes up is valid", async () => {
    const part = fc.oneof(fc.json().map(encoded), fc.string());
    const jose = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.tuple(part, part, part).map((parts) => parts.join(".")),
      fc
        .tuple(fc.constantFrom("ES256", "HS256", "none", "EdDSA"), part, part)
        .map(([alg, payload, signature]) => `${encoded({ alg })}.${payload}.${signature}`),
    );
    const request = fc.record(
      {
        jose,
        mandatoryClaims: fc.anything(),
        clockSkew: fc.anything(),
        clientIdentifier: fc.anything(),
        signedByClient: fc.boolean(),
      },
      { requiredKeys: ["jose"] },
    );
    await fc.assert(
      fc.asyncProperty(request, async (call) => {
        expect(await verify(call)).toMatchObject({ valid: false, signatureValid: false });
      }),
      { numRuns: 300 },
    );
    expect((await test.store.findService(SERVICE_ID))?.jwks).toBeDefined();
  });
});
