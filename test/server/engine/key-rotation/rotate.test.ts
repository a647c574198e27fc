import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adoptKeys } from "../../../../src/server/engine/key-rotation/adopt.ts";
import { publishKeys } from "../../../../src/server/engine/key-rotation/publish.ts";
import { rotateKeys, rotateOldKeys } from "../../../../src/server/engine/key-rotation/rotate.ts";
import {
  ISSUER,
  issuedTokens,
  openTestEngine,
  SERVICE_ID,
  type TestEngine,
} from "../../../support/engine.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ALGORITHMS = ["ES256", "EdDSA", "PS256", "RS256"];

const kids = (keys: readonly { kid: string }[]) => keys.map(({ kid }) => kid).toSorted();

describe("the rotation of signing keys", () => {
  let test: TestEngine;
  const ports = () => ({ store: test.store.engine, serviceId: SERVICE_ID });
  const published = async () => {
    const { keys } = await test.engine["service/jwks/get"]({});
    return keys as { kid: string; alg: string; d?: string }[];
  };
  const signing = async () => {
    const { keys } = await test.engine["service/jwks/get"]({ includePrivateKeys: true });
    return (keys as { kid: string; alg: string; d?: string }[]).filter(({ d }) => d !== undefined);
  };
  const issuedJwt = async () => (await issuedTokens(test.engine)).jwtAccessToken as string;
  const verified = async (jwt: string) => {
    const set = (await test.engine["service/jwks/get"]({})) as unknown as JSONWebKeySet;
    return jwtVerify(jwt, createLocalJWKSet(set), { issuer: ISSUER, currentDate: new Date(test.clock()) });
  };

  beforeEach(async () => {
    test = await openTestEngine({ service: { accessTokenSignAlg: "ES256", idTokenDuration: 3600 } });
    expect(await adoptKeys(ports(), test.clock())).toBe(4);
  });
  afterEach(() => test.close());

  it("takes care of keys once", async () => {
    expect(await adoptKeys(ports(), test.clock())).toBe(0);
    expect(await publishKeys(ports(), test.clock())).toBe(false);
  });

  it("publishes a new key before it signs, and an old one after it has signed", async () => {
    const before = await signing();
    const made = await rotateKeys(ports(), { publicationMs: DAY_MS, now: test.clock() });
    expect(made.map(({ alg }) => alg).toSorted()).toEqual(ALGORITHMS);
    expect(await published()).toHaveLength(8);
    expect(kids(await signing())).toEqual(kids(before));
    await verified(await issuedJwt());

    test.clock.advance(DAY_MS);
    expect(await publishKeys(ports(), test.clock())).toBe(true);
    const after = await signing();
    expect(after.map(({ alg }) => alg).toSorted()).toEqual(ALGORITHMS);
    expect(kids(after)).toEqual(kids(made));
    const { protectedHeader } = await verified(await issuedJwt());
    expect(protectedHeader.kid).toBe(made.find(({ alg }) => alg === "ES256")?.kid);
    expect((await published()).every(({ d }) => d === undefined)).toBe(true);
  });

  it("lets what an old key has signed be verified until it has expired, then the key goes", async () => {
    await rotateKeys(ports(), { publicationMs: 0, now: test.clock() });
    test.clock.advance(HOUR_MS - 1);
    await publishKeys(ports(), test.clock());
    expect(await published()).toHaveLength(8);
    test.clock.advance(1);
    await publishKeys(ports(), test.clock());
    expect(await published()).toHaveLength(4);
  });

  it("keeps an old key for as long as a token lives that was made before it retired", async () => {
    const { jwtAccessToken } = await issuedTokens(test.engine, { accessTokenDuration: 10 * 3600 });
    test.clock.advance(1);
    await rotateKeys(ports(), { publicationMs: 0, now: test.clock() });
    test.clock.advance(9 * HOUR_MS);
    await publishKeys(ports(), test.clock());
    expect(await published()).toHaveLength(8);
    await verified(jwtAccessToken as string);
    const found = await test.engine["auth/introspection"]({ token: jwtAccessToken as string });
    expect(found).toMatchObject({ action: "OK", usable: true });

    test.clock.advance(HOUR_MS);
    await publishKeys(ports(), test.clock());
    expect(await published()).toHaveLength(4);
  });

  it("rotates keys that are old enough, and no others", async () => {
    const policy = { lifetimeMs: 90 * DAY_MS, publicationMs: DAY_MS };
    test.clock.advance(90 * DAY_MS - 1);
    expect(await rotateOldKeys(ports(), policy, test.clock())).toEqual([]);
    test.clock.advance(1);
    expect(await rotateOldKeys(ports(), policy, test.clock())).toHaveLength(4);
    expect(await rotateOldKeys(ports(), policy, test.clock())).toEqual([]);
    test.clock.advance(90 * DAY_MS);
    expect(await rotateOldKeys(ports(), policy, test.clock())).toEqual([]);
    test.clock.advance(DAY_MS);
    expect(await rotateOldKeys(ports(), policy, test.clock())).toHaveLength(4);
  });

  it("makes one successor for each key, however many ask at once", async () => {
    const made = await Promise.all(
      Array.from({ length: 16 }, () => rotateKeys(ports(), { publicationMs: DAY_MS, now: test.clock() })),
    );
    expect(made.flat()).toHaveLength(4);
    expect(await test.store.engine.read.listSigningKeys(SERVICE_ID)).toHaveLength(8);
  });

  it("leaves keys alone that an administrator put into the set, and algorithms whose key they took out", async () => {
    const { keys } = await test.engine["service/jwks/get"]({ includePrivateKeys: true });
    const own = { kty: "oct", kid: "own", k: "c2VjcmV0" };
    const kept = keys.filter(({ alg }) => alg !== "RS256");
    await test.setService({ jwks: JSON.stringify({ keys: [own, ...kept] }) });
    await rotateKeys(ports(), { publicationMs: 0, now: test.clock() });
    const after = (await test.engine["service/jwks/get"]({ includePrivateKeys: true })).keys;
    expect(after[0]).toEqual(own);
    expect(after.map(({ alg }) => alg)).not.toContain("RS256");
    expect((await signing()).map(({ alg }) => alg).toSorted()).toEqual(["ES256", "EdDSA", "PS256"]);
    expect(
      (await rotateKeys(ports(), { publicationMs: 0, now: test.clock() })).map(({ alg }) => alg),
    ).not.toContain("RS256");
  });

  it("does nothing where there is no service", async () => {
    const none = { store: test.store.engine, serviceId: "404" };
    expect(await adoptKeys(none, test.clock())).toBe(0);
    expect(await rotateKeys(none, { publicationMs: 0, now: test.clock() })).toEqual([]);
    expect(await publishKeys(none, test.clock())).toBe(false);
  });
});
