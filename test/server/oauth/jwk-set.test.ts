import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { publicJwkSet } from "../../../src/server/oauth/jwk-set.ts";

const pairs = {
  RSA: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  EC: generateKeyPairSync("ec", { namedCurve: "P-256" }),
  OKP: generateKeyPairSync("ed25519"),
};

describe("publicJwkSet", () => {
  it.each(Object.entries(pairs))(
    "publishes of a private %s key what its public key says, and its names",
    (kty, pair) => {
      const named = { kid: `${kty}-1`, use: "sig", alg: "ES256" };
      const { keys } = publicJwkSet([{ ...pair.privateKey.export({ format: "jwk" }), ...named }]);
      expect(keys).toEqual([{ ...pair.publicKey.export({ format: "jwk" }), ...named }]);
    },
  );

  it("leaves out a symmetric key, an unknown type and a member that nobody knows", () => {
    const { keys } = publicJwkSet([
      { kty: "oct", k: "c2VjcmV0", kid: "symmetric" },
      { kty: "constructor", d: "x" },
      { kty: "EC", crv: "P-256", x: "x", y: "y", secret: "s", priv: "p" },
    ]);
    expect(keys).toEqual([{ kty: "EC", crv: "P-256", x: "x", y: "y" }]);
  });
});
