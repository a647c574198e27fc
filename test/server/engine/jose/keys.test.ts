import { calculateJwkThumbprint } from "jose";
import { describe, expect, it } from "vitest";
import { createKeys } from "../../../../src/server/engine/jose/keys.ts";
import { thumbprint } from "../../../../src/server/engine/jose/thumbprint.ts";
import { type Alg, jwkSet, makeKeys } from "../../../support/jwt.ts";

describe("the cache of key sets", () => {
  it("imports a key once for a text", async () => {
    const { privateJwk } = await makeKeys();
    const keys = createKeys();
    const jwks = jwkSet(privateJwk);
    const imported = () => keys.privateKey({ jwks }, { alg: "ES256", kid: undefined });
    const first = imported();
    expect(first).toMatchObject({ key: { type: "private" } });
    expect(imported()).toEqual(first);
    expect((imported() as { key: object }).key).toBe((first as { key: object }).key);
  });

  it("forgets what was not used for longest, and never more", async () => {
    const keys = createKeys();
    const first = keys.of("first");
    for (let at = 0; at < 255; at += 1) keys.of(`text ${at}`);
    expect(keys.of("first")).toBe(first);
    const second = keys.of("text 0");
    for (let at = 0; at < 255; at += 1) keys.of(`other ${at}`);
    expect(keys.of("text 0")).toBe(second);
    expect(keys.of("first")).not.toBe(first);
  });

  it.each([undefined, null, "", "null", "[]", "1", '{"keys":1}', '{"keys":[null,1,"a",{}]}', "{"])(
    "has no keys in %j",
    (jwks) => {
      const set = createKeys().of(jwks);
      expect(set.keys).toEqual([]);
      expect(set.privateKey({ alg: "ES256", kid: undefined })).toBe("missing");
      expect(set.verificationKeys({ alg: "ES256", kid: undefined })).toEqual([]);
    },
  );
});

describe("the thumbprint of a key", () => {
  it.each<Alg>(["RS256", "ES256", "EdDSA"])("%s: is the one of RFC 7638", async (alg) => {
    const { jwk, privateJwk } = await makeKeys(alg);
    expect(thumbprint(jwk)).toBe(await calculateJwkThumbprint(jwk));
    expect(thumbprint({ ...privateJwk, kid: "x", use: "sig" })).toBe(thumbprint(jwk));
  });

  it("is the one of the example in RFC 7638 3.1", () => {
    const n =
      "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    expect(thumbprint({ kty: "RSA", e: "AQAB", n, alg: "RS256", kid: "2011-04-29" })).toBe(
      "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
    );
  });

  it.each([{ kty: "oct", k: "AAAA" }, { kty: "EC", crv: "P-256", x: "a" }, { kty: "toString" }, {}])(
    "is not there for %o",
    (jwk) => {
      expect(thumbprint(jwk)).toBeUndefined();
    },
  );
});
