import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { ClientAuthMethod, FapiMode } from "../../../../src/server/authlete/enumerations.ts";
import { issueCertificate } from "../../../support/certificates.ts";
import { assertionParameters, clientAssertion } from "../../../support/client-assertion.ts";
import { form, ISSUER, openTestEngine, summary, type TestEngine } from "../../../support/engine.ts";
import { type Alg, jwkSet, type Keys, makeKeys } from "../../../support/jwt.ts";

const ID = "3000";
const SECRET = "a secret that has enough bytes for every hash: 64 of them, or more";
const certificate = issueCertificate({ alternativeNames: [[0x82, "client.example"]] });
const strictModes: FapiMode[] = [
  "FAPI1_ADVANCED",
  "FAPI2_SECURITY",
  "FAPI2_MESSAGE_SIGNING_AUTH_REQ",
  "FAPI2_MESSAGE_SIGNING_AUTH_RES",
  "FAPI2_MESSAGE_SIGNING_INTROSPECTION_RES",
];

let test: TestEngine;
beforeEach(async () => {
  const bound = { tlsClientCertificateBoundAccessTokens: true };
  test = await openTestEngine({ service: { supportedTokenAuthMethods: undefined, ...bound } });
});
afterEach(() => test.close());

/** How a client of each method asks; the certificate is what its tokens are bound to. */
async function ask(
  method: ClientAuthMethod,
  options: {
    keys?: Keys;
    change?: Partial<Client>;
    grantType?: string;
    claims?: Record<string, unknown>;
  } = {},
) {
  const keys = options.keys ?? (await makeKeys("ES256"));
  await test.setClient(ID, {
    clientType: method === "NONE" ? "PUBLIC" : "CONFIDENTIAL",
    tokenAuthMethod: method,
    clientSecret: SECRET,
    jwks: jwkSet(keys.jwk, certificate.certificate.publicKey.export({ format: "jwk" })),
    tlsClientAuthSanDns: "client.example",
    tlsClientCertificateBoundAccessTokens: true,
    grantTypes: ["CLIENT_CREDENTIALS", "PASSWORD", "REFRESH_TOKEN"],
    ...options.change,
  });
  const isSecret = method === "CLIENT_SECRET_JWT";
  const assertion = clientAssertion({
    clientId: ID,
    key: isSecret ? Buffer.from(SECRET) : keys.privateKey,
    header: { alg: isSecret ? "HS256" : keys.alg },
    claims: { ...options.claims },
    now: test.clock(),
  });
  const shown: Partial<Record<ClientAuthMethod, Record<string, string>>> = {
    CLIENT_SECRET_POST: { client_secret: SECRET },
    CLIENT_SECRET_JWT: assertionParameters(await assertion),
    PRIVATE_KEY_JWT: assertionParameters(await assertion),
  };
  const named: Record<string, string> = method === "CLIENT_SECRET_BASIC" ? {} : { client_id: ID };
  const grant_type = options.grantType ?? (method === "NONE" ? "refresh_token" : "client_credentials");
  return test.engine["auth/token"]({
    parameters: form({ grant_type, refresh_token: "x", ...named, ...(shown[method] ?? {}) }),
    clientCertificate: certificate.pem,
    ...(method === "CLIENT_SECRET_BASIC" ? { clientId: ID, clientSecret: SECRET } : {}),
  });
}

const refusal = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_request" });
const methods: ClientAuthMethod[] = [
  "NONE",
  "CLIENT_SECRET_BASIC",
  "CLIENT_SECRET_POST",
  "CLIENT_SECRET_JWT",
  "PRIVATE_KEY_JWT",
  "TLS_CLIENT_AUTH",
  "SELF_SIGNED_TLS_CLIENT_AUTH",
];
const strong: ClientAuthMethod[] = ["PRIVATE_KEY_JWT", "TLS_CLIENT_AUTH", "SELF_SIGNED_TLS_CLIENT_AUTH"];

describe("the methods of client authentication", () => {
  it.each(methods)("%s is good without a FAPI mode", async (method) => {
    expect(await ask(method)).toMatchObject(
      method === "NONE" ? { resultCode: "A053305" } : { action: "OK", clientAuthMethod: method },
    );
  });

  it.each(strictModes.flatMap((mode) => methods.map((method) => [mode, method] as const)))(
    "in %s: %s",
    async (mode, method) => {
      await test.setService({ fapiModes: [mode] });
      const answer = await ask(method);
      if (strong.includes(method)) expect(answer).toMatchObject({ action: "OK", clientAuthMethod: method });
      else expect(summary(answer)).toEqual(refusal("A295301"));
    },
  );

  it.each(methods)("in FAPI1_BASELINE: %s", async (method) => {
    await test.setService({ fapiModes: ["FAPI1_BASELINE"] });
    const answer = await ask(method);
    if (method === "NONE") expect(answer).toMatchObject({ resultCode: "A053305" });
    else if ([...strong, "CLIENT_SECRET_JWT"].includes(method))
      expect(answer).toMatchObject({ action: "OK" });
    else expect(summary(answer)).toEqual(refusal("A295301"));
  });

  it("are few in a mode that nobody knows yet, and when only the client is in a mode", async () => {
    expect(summary(await ask("CLIENT_SECRET_BASIC", { change: { fapiModes: ["FAPI3"] } }))).toEqual(
      refusal("A295301"),
    );
    expect(
      summary(
        await ask("CLIENT_SECRET_JWT", { change: { fapiModes: ["FAPI1_BASELINE", "FAPI2_SECURITY"] } }),
      ),
    ).toEqual(refusal("A295301"));
    expect(await ask("PRIVATE_KEY_JWT", { change: { fapiModes: ["FAPI3"] } })).toMatchObject({
      action: "OK",
    });
    expect(await ask("CLIENT_SECRET_BASIC", { change: { fapiModes: [] } })).toMatchObject({ action: "OK" });
  });
});

describe("in a FAPI mode", () => {
  it.each<FapiMode>([...strictModes, "FAPI1_BASELINE"])(
    "%s: the password grant is forbidden",
    async (mode) => {
      await test.setService({ fapiModes: [mode] });
      expect(summary(await ask("PRIVATE_KEY_JWT", { grantType: "password" }))).toEqual(refusal("A295306"));
      expect(test.issued()).toBe(0);
    },
  );

  it.each<[Alg, boolean]>([
    ["PS256", true],
    ["ES256", true],
    ["EdDSA", true],
    ["RS256", false],
    ["ES384", false],
  ])("an assertion signed with %s: %s", async (alg, isAllowed) => {
    await test.setService({ fapiModes: ["FAPI2_SECURITY"] });
    const keys = await makeKeys(alg);
    const answer = await ask("PRIVATE_KEY_JWT", { keys });
    if (isAllowed) expect(answer).toMatchObject({ action: "OK" });
    else
      expect(summary(answer)).toEqual({ action: "INVALID_CLIENT", code: "A152302", error: "invalid_client" });
    await test.setService({ fapiModes: ["FAPI1_BASELINE"] });
    expect(await ask("PRIVATE_KEY_JWT", { keys })).toMatchObject({ action: "OK" });
  });

  it("of FAPI 2, the issuer as a text is the only audience, and the clock may be off by ten seconds", async () => {
    await test.setService({ fapiModes: ["FAPI2_SECURITY"] });
    const seconds = test.clock() / 1000;
    const code = async (claims: Record<string, unknown>) =>
      (await ask("PRIVATE_KEY_JWT", { claims })).resultCode;
    expect(await code({ aud: ISSUER })).toBe("A052001");
    expect(await code({ aud: [ISSUER] })).toBe("A157318");
    expect(await code({ aud: `${ISSUER}/oauth/token` })).toBe("A157318");
    expect(await code({ nbf: seconds + 10, iat: seconds + 10 })).toBe("A052001");
    expect(await code({ nbf: seconds + 11 })).toBe("A157322");
    expect(await code({ iat: seconds + 11 })).toBe("A157323");
    expect(await code({ exp: seconds })).toBe("A157320");
    await test.setService({ fapiModes: ["FAPI1_ADVANCED"] });
    expect(await code({ aud: `${ISSUER}/oauth/token` })).toBe("A052001");
    expect(await code({ nbf: seconds + 1 })).toBe("A157322");
  });

  it.each(strictModes)("%s: tokens are bound to a key or a certificate, or not issued", async (mode) => {
    await test.setService({ fapiModes: [mode] });
    const change = { tlsClientCertificateBoundAccessTokens: false };
    const before = test.issued();
    expect(summary(await ask("PRIVATE_KEY_JWT", { change }))).toEqual(refusal("A152305"));
    expect(test.issued()).toBe(before);
    await test.setService({ fapiModes: ["FAPI1_BASELINE"] });
    expect(await ask("PRIVATE_KEY_JWT", { change })).toMatchObject({ action: "OK" });
  });
});
