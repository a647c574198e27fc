import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { JwsAlg } from "../../../../src/server/authlete/enumerations.ts";
import { readCompactJws } from "../../../../src/server/engine/jose/compact.ts";
import { asymmetricAlgorithms } from "../../../../src/server/engine/jose/jws-algorithm.ts";
import { verifyClientJws } from "../../../../src/server/engine/jose/verify.ts";
import { engineContext } from "../../../support/engine-context.ts";
import { type Alg, encoded, jwkSet, makeKeys, signJwt, unsigned } from "../../../support/jwt.ts";

const payload = { sub: "client" };
const URI = "https://client.example/jwks";

function verify(client: Client, jwt: string, options: { algorithms?: JwsAlg[]; sets?: string[] } = {}) {
  const jws = readCompactJws(jwt);
  if (!jws) throw new Error("no JWS");
  const asked: boolean[] = [];
  const fetchJwks = async (_uri: string, { fresh = false } = {}) => {
    asked.push(fresh);
    return options.sets?.[asked.length - 1] ?? Promise.reject(new Error("gone"));
  };
  const algorithms = options.algorithms ?? asymmetricAlgorithms;
  const verdict = verifyClientJws(engineContext({}, { fetchJwks }), client, { jws, algorithms });
  return verdict.then((defect) => ({ defect, asked }));
}

const good = { defect: undefined, asked: [] };

describe("a signature of a client", () => {
  it.each(["Ed25519", "EdDSA"])(
    "with Ed25519 may be called %s, and so may its key (RFC 9864)",
    async (name) => {
      const [own, other] = await Promise.all([makeKeys("EdDSA"), makeKeys("EdDSA")]);
      for (const alg of ["Ed25519", "EdDSA"]) {
        const jwt = await signJwt(own.privateKey, { header: { alg }, payload });
        expect(await verify({ jwks: jwkSet({ ...own.jwk, alg: name }) }, jwt)).toEqual(good);
        expect(await verify({ jwks: jwkSet({ ...other.jwk, alg: name }) }, jwt)).toMatchObject({
          defect: "signature",
        });
        const es256 = { algorithms: ["ES256"] as JwsAlg[] };
        expect(await verify({ jwks: jwkSet(own.jwk) }, jwt, es256)).toMatchObject({ defect: "algorithm" });
      }
    },
  );

  it.each<Alg>(["RS256", "PS256", "ES256", "ES384", "EdDSA"])("%s: is good with its key", async (alg) => {
    const [own, other] = await Promise.all([makeKeys(alg), makeKeys(alg)]);
    const jwt = await signJwt(own.privateKey, { header: { alg }, payload });
    expect(await verify({ jwks: jwkSet(own.jwk) }, jwt)).toEqual(good);
    expect(await verify({ jwks: jwkSet(other.jwk, own.jwk) }, jwt)).toEqual(good);
    expect(await verify({ jwks: jwkSet(other.jwk) }, jwt)).toMatchObject({ defect: "signature" });
    expect(await verify({ jwks: jwkSet({ ...own.jwk, use: "enc" }) }, jwt)).toMatchObject({
      defect: "no_key",
    });
    expect(await verify({ jwks: jwkSet(own.jwk) }, `${jwt}AA`)).toMatchObject({ defect: "signature" });
    expect(await verify({ jwks: jwkSet(own.jwk) }, jwt.replace(/[^.]*$/, ""))).toMatchObject({
      defect: "signature",
    });
  });

  it("is looked for under the key identifier it names", async () => {
    const own = await makeKeys("ES256", "a");
    const jwt = await signJwt(own.privateKey, { header: { alg: "ES256", kid: "b" }, payload });
    expect(await verify({ jwks: jwkSet(own.jwk) }, jwt)).toMatchObject({ defect: "no_key" });
  });

  it("is never without an algorithm that is allowed", async () => {
    const own = await makeKeys("ES256");
    const client = { jwks: jwkSet(own.jwk), clientSecret: "s".repeat(64) };
    const jwt = await signJwt(own.privateKey, { header: { alg: "ES256" }, payload });
    expect(await verify(client, jwt, { algorithms: ["PS256"] })).toMatchObject({ defect: "algorithm" });
    expect(await verify(client, unsigned({ alg: "none" }, payload))).toMatchObject({ defect: "algorithm" });
    for (const algorithms of [["NONE"], []] as JwsAlg[][]) {
      for (const alg of ["none", "NONE", "None"]) {
        expect(await verify(client, unsigned({ alg }, payload), { algorithms })).toMatchObject({
          defect: "algorithm",
        });
      }
    }
  });

  it("is not made with a public key as if it were a secret", async () => {
    const own = await makeKeys("RS256");
    const input = `${encoded({ alg: "HS256" })}.${encoded(payload)}`;
    const { createPublicKey } = await import("node:crypto");
    const secret = createPublicKey(own.privateKey).export({ type: "spki", format: "pem" });
    const jwt = `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
    expect(await verify({ jwks: jwkSet(own.jwk) }, jwt)).toMatchObject({ defect: "algorithm" });
    const hmac = { algorithms: ["HS256"] as JwsAlg[] };
    expect(await verify({ jwks: jwkSet(own.jwk), clientSecret: "s".repeat(32) }, jwt, hmac)).toMatchObject({
      defect: "signature",
    });
  });

  it.each([
    ["HS256", 32],
    ["HS384", 48],
    ["HS512", 64],
  ] as const)("%s: is good with the client's secret of %i bytes", async (alg, bytes) => {
    const clientSecret = "k".repeat(bytes);
    const jwt = await signJwt(Buffer.from(clientSecret), { header: { alg }, payload });
    const algorithms: JwsAlg[] = [alg];
    expect(await verify({ clientSecret }, jwt, { algorithms })).toEqual(good);
    expect(await verify({ clientSecret: "x".repeat(64) }, jwt, { algorithms })).toMatchObject({
      defect: "signature",
    });
    expect(await verify({ clientSecret }, `${jwt.slice(0, -4)}`, { algorithms })).toMatchObject({
      defect: "signature",
    });
    expect(await verify({ clientSecret: clientSecret.slice(1) }, jwt, { algorithms })).toMatchObject({
      defect: "no_secret",
    });
    expect(await verify({}, jwt, { algorithms })).toMatchObject({ defect: "no_secret" });
    expect(await verify({ clientType: "PUBLIC", clientSecret }, jwt, { algorithms })).toMatchObject({
      defect: "no_secret",
    });
  });

  it("needs keys of its client", async () => {
    const own = await makeKeys();
    const jwt = await signJwt(own.privateKey, { header: { alg: "ES256" }, payload });
    expect(await verify({}, jwt)).toMatchObject({ defect: "not_registered" });
    expect(await verify({ jwks: "not json" }, jwt)).toMatchObject({ defect: "no_key" });
    expect(await verify({ jwksUri: URI }, jwt)).toEqual({ defect: "unavailable", asked: [false] });
  });
});

describe("keys at an address", () => {
  it("count alone, whatever the registration has beside them", async () => {
    const [own, other] = await Promise.all([makeKeys(), makeKeys()]);
    const jwt = await signJwt(own.privateKey, { header: { alg: "ES256" }, payload });
    const sets = [jwkSet(own.jwk)];
    expect(await verify({ jwksUri: URI, jwks: jwkSet(other.jwk) }, jwt, { sets })).toEqual({
      defect: undefined,
      asked: [false],
    });
    const client = { jwksUri: URI, jwks: jwkSet(own.jwk) };
    expect(await verify(client, jwt, { sets: [jwkSet(other.jwk), jwkSet(other.jwk)] })).toMatchObject({
      defect: "signature",
    });
  });

  it("are asked for once more when none fits: the client may have changed them", async () => {
    const [old, own] = await Promise.all([makeKeys("ES256", "old"), makeKeys("ES256", "new")]);
    const jwt = await signJwt(own.privateKey, { header: { alg: "ES256", kid: "new" }, payload });
    const changed = await verify({ jwksUri: URI }, jwt, { sets: [jwkSet(old.jwk), jwkSet(own.jwk)] });
    expect(changed).toEqual({ defect: undefined, asked: [false, true] });
    const same = await verify({ jwksUri: URI }, jwt, { sets: [jwkSet(old.jwk), jwkSet(old.jwk)] });
    expect(same).toEqual({ defect: "no_key", asked: [false, true] });
  });
});
