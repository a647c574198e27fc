import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EngineRefusedCall, EngineUnavailable } from "../../../src/server/authlete/error.ts";
import { type OperationName, operations } from "../../../src/server/authlete/operations.ts";
import { createEngine } from "../../../src/server/engine/engine.ts";
import { grantManagementRefusals } from "../../../src/server/engine/grant-management/refusals.ts";
import { introspectionRefusals } from "../../../src/server/engine/introspection/refusals.ts";
import { refusals } from "../../../src/server/engine/refusal.ts";
import { clients, openTestEngine, type TestEngine, testKeys } from "../../support/engine.ts";
import { offline } from "../../support/offline.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const random = (bytes: number) => new Uint8Array(bytes);

describe("the engine", () => {
  it("has every operation of the contract", () => {
    expect(Object.keys(test.engine).toSorted()).toEqual(Object.keys(operations).toSorted());
  });

  it.each(Object.keys(operations) as OperationName[])(
    "%s fails as unavailable when the store does",
    async (name) => {
      const broken = async (): Promise<never> => {
        throw new Error("disk full: secret detail");
      };
      const read = { ...test.store.engine.read, findService: broken };
      const engine = createEngine({
        store: { read, write: broken },
        clock: test.clock,
        random,
        serviceId: "1001",
        ...offline,
      });
      const failure = await engine[name]({}).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(EngineUnavailable);
      expect(failure).toMatchObject({ operation: name, outcomeUnknown: true });
      expect(String(failure)).not.toContain("secret detail");
    },
  );

  it("is unavailable without its service, with nothing unknown about it", async () => {
    const engine = createEngine({
      store: test.store.engine,
      clock: test.clock,
      random,
      serviceId: "9",
      ...offline,
    });
    await expect(engine["service/get"]({})).rejects.toMatchObject({
      code: "EngineUnavailable",
      outcomeUnknown: false,
    });
  });

  it("takes a call without any request", async () => {
    await expect(test.engine["auth/token"](null as never)).resolves.toMatchObject({ resultCode: "A047201" });
  });
});

describe("service/get", () => {
  it("gives the whole service, private keys included", async () => {
    expect(await test.engine["service/get"]({})).toMatchObject({ number: 1001, jwks: await testKeys() });
  });
});

describe("service/jwks/get", () => {
  const privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

  it("gives the public parts only", async () => {
    const { keys } = await test.engine["service/jwks/get"]({});
    expect(keys.map(({ kty, alg }) => [kty, alg])).toEqual([
      ["RSA", "RS256"],
      ["RSA", "PS256"],
      ["EC", "ES256"],
      ["OKP", "EdDSA"],
    ]);
    for (const key of keys) {
      expect(key).toMatchObject({ use: "sig", kid: expect.any(String) });
      expect(privateMembers.filter((member) => member in key)).toEqual([]);
    }
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(4);
  });

  it("gives everything when the private keys are asked for", async () => {
    const { keys } = await test.engine["service/jwks/get"]({ includePrivateKeys: true });
    expect({ keys }).toEqual(JSON.parse(await testKeys()));
  });

  it("never shows a symmetric key or a member it does not know", async () => {
    const jwks = {
      keys: [
        { kty: "oct", k: "c2VjcmV0" },
        { kty: "OKP", crv: "Ed25519", x: "x", seed: "secret" },
      ],
    };
    await test.setService({ jwks: JSON.stringify(jwks) });
    expect(await test.engine["service/jwks/get"]({})).toEqual({
      keys: [{ kty: "OKP", crv: "Ed25519", x: "x" }],
    });
  });

  it("is empty without keys", async () => {
    await test.setService({ jwks: undefined });
    expect(await test.engine["service/jwks/get"]({})).toEqual({ keys: [] });
  });
});

describe("client/get", () => {
  const { firstParty } = clients;

  it("gives a client with its secret", async () => {
    expect(await test.engine["client/get"]({ clientId: firstParty.id })).toMatchObject({
      clientId: 2000,
      clientSecret: firstParty.secret,
    });
  });

  it.each([undefined, null, "", "9999", "nobody", "\u0000", "\ud800"])(
    "does not know %j",
    async (clientId) => {
      const failure = await test.engine["client/get"]({ clientId: clientId as string }).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(EngineRefusedCall);
      expect(failure).toMatchObject({ operation: "client/get", status: 404, resultCode: "A001212" });
    },
  );

  it("knows an alias where aliases are allowed", async () => {
    await test.setClient(firstParty.id, { clientIdAlias: "own", clientIdAliasEnabled: true });
    await expect(test.engine["client/get"]({ clientId: "own" })).rejects.toMatchObject({ status: 404 });
    await test.setService({ clientIdAliasEnabled: true });
    expect(await test.engine["client/get"]({ clientId: "own" })).toMatchObject({ clientId: 2000 });
  });
});

describe("the texts of refusals", () => {
  it.each(Object.entries({ ...refusals, ...introspectionRefusals, ...grantManagementRefusals }))(
    "%s may stand in headers and error bodies",
    (code, row) => {
      const [, error, text] = row;
      expect(code).toMatch(/^A\d{6}$/);
      expect(error).toMatch(/^[a-z_]+$/);
      expect(text).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
    },
  );

  /** Not the class decides: reasons that the caller gives, what the user said, tickets that were used (authlete-api 2.4). */
  const decided = new Set([
    ...["A067301", "A067302", "A067303", "A041202", "A059202", "A499201", "A200001", "A242001"],
    // Operations that answer these with actions of their own, such as NOT_FOUND or USER_CODE_EXPIRED.
    ...[
      "A225301",
      "A225303",
      "A227301",
      "A227303",
      "A229301",
      "A197301",
      "A199301",
      "A902301",
      "A387202",
      "A388202",
    ],
  ]);

  it("have the class of their code: a fault of engine or caller is no fault of the client", () => {
    for (const [code, [action]] of Object.entries(refusals)) {
      const isFault = action === "INTERNAL_SERVER_ERROR";
      if (decided.has(code)) continue;
      const isClientClass = code[4] === "3" && !["A055301", "A061301", "A063301"].includes(code);
      expect([code, isFault]).toEqual([code, !isClientClass]);
    }
  });
});
