import { CompactEncrypt, exportJWK, generateKeyPair, importJWK } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import { jwkSet, type Keys, makeKeys, unsigned } from "../../../support/jwt.ts";
import {
  expectError,
  openAuthorizationEngine,
  queryOf,
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
const present = (request: string) => presentTo(test, request);
const error = "invalid_request_object";

describe("an encrypted request object (RFC 9101 6.1)", () => {
  let encrypted: (text: string, header?: Json) => Promise<string>;
  beforeEach(async () => {
    const pair = await generateKeyPair("ECDH-ES", { extractable: true });
    const jwk = { ...(await exportJWK(pair.privateKey)), use: "enc", kid: "e1", alg: "ECDH-ES" };
    const service = await test.store.findService("1001");
    const jwks = JSON.parse(service?.jwks ?? "{}") as { keys: object[] };
    await test.setService({ jwks: jwkSet(...jwks.keys, jwk) });
    const publicKey = await importJWK(await exportJWK(pair.publicKey), "ECDH-ES");
    encrypted = (text, header = {}) =>
      new CompactEncrypt(Buffer.from(text))
        .setProtectedHeader({ alg: "ECDH-ES", enc: "A128GCM", kid: "e1", cty: "JWT", ...header })
        .encrypt(publicKey);
  });

  it("is decrypted with a key of the service, and has to be signed inside", async () => {
    expect(waiting(await present(await encrypted(await signed()))).action).toBe("INTERACTION");
    expectError(await present(await encrypted(unsigned({ alg: "none" }, payload()))), {
      code: "A008311",
      error,
    });
    expectError(await present(await encrypted(await encrypted(await signed()))), { code: "A005305", error });
    expectError(await present(await encrypted("words")), { code: "A005301", error });
  });

  it("that does not open is refused", async () => {
    const [header, key, iv, text, tag] = (await encrypted(await signed())).split(".");
    expectError(await present([header, key, iv, text, `${"A".repeat(10)}${tag?.slice(10)}`].join(".")), {
      code: "A005364",
      error,
    });
    await test.setService({ jwks: jwkSet() });
    expectError(await present(await encrypted(await signed())), { code: "A005364", error });
  });

  it.each<[Partial<Client>, string]>([
    [{ requestObjectEncryptionAlgMatchRequired: true, requestEncryptionAlg: "RSA_OAEP" }, "A006330"],
    [{ requestObjectEncryptionEncMatchRequired: true, requestEncryptionEnc: "A256GCM" }, "A006332"],
  ])("has the registered algorithms where they are a demand: %o", async (client, code) => {
    await test.setClient(site.id, client);
    const request = await encrypted(await signed());
    expectError(await present(request), { code, error });
    await test.setClient(site.id, { requestEncryptionAlg: "ECDH_ES", requestEncryptionEnc: "A128GCM" });
    expect(waiting(await present(request)).action).toBe("INTERACTION");
  });

  it("may be a demand for what comes through the browser (A006334)", async () => {
    await test.setService({ frontChannelRequestObjectEncryptionRequired: true });
    expectError(await present(await signed()), { code: "A006334", error });
    expect(waiting(await present(await encrypted(await signed()))).action).toBe("INTERACTION");
    const pushed = await test.engine.pushed_auth_req({
      parameters: queryOf({ request: await signed(), client_id: site.id }),
      clientId: site.id,
      clientSecret: site.secret,
    });
    expect(pushed.action).toBe("CREATED");
  });
});
