import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import {
  COMMON_NAME,
  ecKeys,
  type Issued,
  issueCertificate,
  ORGANIZATION,
} from "../../../support/certificates.ts";
import { openTestEngine, summary, type TestEngine } from "../../../support/engine.ts";
import { jwkSet } from "../../../support/jwt.ts";

const ID = "3000";
const root = issueCertificate({ subject: [[[COMMON_NAME, "root"]]], authority: true });
const between = issueCertificate({ subject: [[[COMMON_NAME, "between"]]], issuer: root, authority: true });
const own = issueCertificate({
  issuer: between,
  subject: [[[ORGANIZATION, "Example"]], [[COMMON_NAME, "client"]]],
  alternativeNames: [
    [0x82, "client.example"],
    [0x86, "https://client.example/"],
    [0x87, Buffer.from([192, 0, 2, 1])],
    [0x81, "ops@client.example"],
  ],
});
const stranger = issueCertificate({ subject: [[[COMMON_NAME, "stranger"]]] });

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine({ service: { supportedTokenAuthMethods: undefined } });
});
afterEach(() => test.close());

function register(change: Partial<Client>): Promise<void> {
  return test.setClient(ID, {
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "TLS_CLIENT_AUTH",
    grantTypes: ["CLIENT_CREDENTIALS"],
    ...change,
  });
}

const ask = (request: Record<string, unknown>) =>
  test.engine["auth/token"]({ parameters: `grant_type=client_credentials&client_id=${ID}`, ...request });

const withCertificate = ({ pem }: Issued, path: Issued[] = []) =>
  ask({ clientCertificate: pem, clientCertificatePath: path.map((issued) => issued.pem) });

async function refused(answering: ReturnType<typeof ask>) {
  const before = test.issued();
  const answer = summary(await answering);
  expect(test.issued()).toBe(before);
  return answer;
}

const invalidClient = (code: string) => ({ action: "INVALID_CLIENT", code, error: "invalid_client" });

describe("tls_client_auth", () => {
  it.each<[Partial<Client>, Partial<Client>, string]>([
    [
      { tlsClientAuthSubjectDn: "CN=client,O=Example" },
      { tlsClientAuthSubjectDn: "CN=other,O=Example" },
      "A157343",
    ],
    [{ tlsClientAuthSanDns: "client.example" }, { tlsClientAuthSanDns: "other.example" }, "A157346"],
    [
      { tlsClientAuthSanUri: "https://client.example/" },
      { tlsClientAuthSanUri: "https://client.example" },
      "A157347",
    ],
    [{ tlsClientAuthSanIp: "192.0.2.1" }, { tlsClientAuthSanIp: "192.0.2.2" }, "A157348"],
    [
      { tlsClientAuthSanEmail: "ops@client.example" },
      { tlsClientAuthSanEmail: "a@client.example" },
      "A157349",
    ],
  ])("is passed with a certificate for the registered subject: %o", async (subject, another, code) => {
    await register(subject);
    expect(await withCertificate(own)).toMatchObject({ action: "OK", clientAuthMethod: "TLS_CLIENT_AUTH" });
    expect(await refused(withCertificate(stranger))).toEqual(invalidClient(code));
    await register({
      ...Object.fromEntries(Object.keys(subject).map((name) => [name, undefined])),
      ...another,
    });
    expect(await refused(withCertificate(own))).toEqual(invalidClient(code));
  });

  it("needs exactly one registered subject", async () => {
    await register({});
    expect(await refused(withCertificate(own))).toEqual(invalidClient("A157340"));
    await register({ tlsClientAuthSubjectDn: "", tlsClientAuthSanDns: "" });
    expect(await refused(withCertificate(own))).toEqual(invalidClient("A157340"));
    await register({ tlsClientAuthSubjectDn: "CN=client,O=Example", tlsClientAuthSanDns: "client.example" });
    expect(await refused(withCertificate(own))).toEqual(invalidClient("A157345"));
    await register({
      tlsClientAuthSubjectDn: "",
      tlsClientAuthSanDns: "client.example",
      tlsClientAuthSanIp: "192.0.2.1",
    });
    expect(await refused(withCertificate(own))).toEqual(invalidClient("A157345"));
    await register({ tlsClientAuthSubjectDn: "client", tlsClientAuthSanDns: "", tlsClientAuthSanIp: "" });
    expect(await refused(withCertificate(own))).toEqual(invalidClient("A157342"));
  });

  it.each<[string, unknown, string]>([
    ["none", undefined, "A157327"],
    ["null", null, "A157327"],
    ["an empty one", "", "A157327"],
    ["a number", 5, "A157327"],
    ["a text", "certificate", "A157328"],
    ["a broken one", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "A157328"],
    ["a key", own.privateKey.export({ type: "pkcs8", format: "pem" }), "A157328"],
  ])("needs a certificate: not %s", async (_, clientCertificate, code) => {
    await register({ tlsClientAuthSanDns: "client.example" });
    expect(await refused(ask({ clientCertificate }))).toEqual(invalidClient(code));
  });

  it("checks the chain where the service says so", async () => {
    await register({ tlsClientAuthSanDns: "client.example" });
    const forged = issueCertificate({ alternativeNames: [[0x82, "client.example"]] });
    expect(await withCertificate(forged)).toMatchObject({ action: "OK" });

    await test.setService({ mutualTlsValidatePkiCertChain: true });
    expect(await refused(withCertificate(own, [between]))).toEqual(invalidClient("A157335"));
    await test.setService({ trustedRootCertificates: [stranger.pem, root.pem] });
    expect(await withCertificate(own, [between])).toMatchObject({ action: "OK" });
    expect(await refused(withCertificate(own))).toEqual(invalidClient("A157339"));
    expect(await refused(withCertificate(forged, [between]))).toEqual(invalidClient("A157339"));
    const path = [between.pem, "certificate"];
    expect(await refused(ask({ clientCertificate: own.pem, clientCertificatePath: path }))).toEqual(
      invalidClient("A157338"),
    );
    const long = Array.from({ length: 10 }, () => between);
    expect(await withCertificate(own, long)).toMatchObject({ action: "OK" });
    expect(await refused(withCertificate(own, [...long, between]))).toEqual(invalidClient("A157338"));
    await test.setService({ trustedRootCertificates: [root.pem, "certificate"] });
    expect(await refused(withCertificate(own, [between]))).toEqual(invalidClient("A157336"));
    await test.setService({ trustedRootCertificates: [] });
    expect(await refused(withCertificate(own, [between]))).toEqual(invalidClient("A157335"));
  });

  it("checks the chain at the time of the request", async () => {
    await register({ tlsClientAuthSanDns: "client.example" });
    await test.setService({ mutualTlsValidatePkiCertChain: true, trustedRootCertificates: [root.pem] });
    expect(await withCertificate(own, [between])).toMatchObject({ action: "OK" });
    test.clock.advance(365 * 86_400_000);
    expect(await refused(withCertificate(own, [between]))).toEqual(invalidClient("A157339"));
  });
});

describe("self_signed_tls_client_auth", () => {
  const keys = ecKeys();
  const certificate = issueCertificate({ keys });
  const renewed = issueCertificate({ keys });
  const jwk = keys.publicKey.export({ format: "jwk" });
  const x5c = [certificate.certificate.raw.toString("base64")];
  const strangersKey = stranger.certificate.publicKey.export({ format: "jwk" });
  const method = { tokenAuthMethod: "SELF_SIGNED_TLS_CLIENT_AUTH" } as const;

  it("is passed with the registered certificate, and no other of the same key", async () => {
    await register({ ...method, jwks: jwkSet(strangersKey, { ...jwk, x5c }) });
    expect(await withCertificate(certificate)).toMatchObject({
      action: "OK",
      clientAuthMethod: "SELF_SIGNED_TLS_CLIENT_AUTH",
    });
    expect(await refused(withCertificate(renewed))).toEqual(invalidClient("A157333"));
  });

  it("is passed with any certificate of a registered key", async () => {
    await register({ ...method, jwks: jwkSet(jwk) });
    expect(await withCertificate(certificate)).toMatchObject({ action: "OK" });
    expect(await withCertificate(renewed)).toMatchObject({ action: "OK" });
    expect(await refused(withCertificate(stranger))).toEqual(invalidClient("A157333"));
    await register({ ...method, jwks: jwkSet({ ...jwk, use: "enc" }) });
    expect(await refused(withCertificate(certificate))).toEqual(invalidClient("A157333"));
  });

  it("is passed with the one key that the registration names", async () => {
    const jwks = jwkSet({ ...jwk, kid: "tls" }, { ...strangersKey, kid: "other" });
    await register({ ...method, jwks, selfSignedCertificateKeyId: "tls" });
    expect(await withCertificate(certificate)).toMatchObject({ action: "OK" });
    expect(await refused(withCertificate(stranger))).toEqual(invalidClient("A157333"));
    await register({ ...method, jwks, selfSignedCertificateKeyId: "none" });
    expect(await refused(withCertificate(certificate))).toEqual(invalidClient("A157329"));
  });

  it.each<[string, Partial<Client>, string]>([
    ["none", {}, "A156301"],
    ["an empty set", { jwks: jwkSet() }, "A157329"],
    ["none at the address", { jwksUri: "https://client.example/jwks" }, "A156302"],
    ["a broken certificate", { jwks: jwkSet({ ...jwk, x5c: ["x"] }) }, "A157333"],
    ["no certificate in the list", { jwks: jwkSet({ ...jwk, x5c: [] }) }, "A157333"],
    ["no list", { jwks: jwkSet({ ...jwk, x5c: x5c[0] }) }, "A157333"],
    ["a broken key", { jwks: jwkSet({ ...jwk, y: "AAAA" }) }, "A157333"],
    ["a secret key", { jwks: jwkSet({ kty: "oct", k: "AAAA" }) }, "A157333"],
  ])("needs registered keys: not %s", async (_, registration, code) => {
    await register({ ...method, ...registration });
    expect(await refused(withCertificate(certificate))).toEqual(invalidClient(code));
  });

  it("follows the keys at the client's address when they change", async () => {
    const jwksUri = "https://client.example/jwks";
    await register({ ...method, jwksUri });
    test.published.set(jwksUri, jwkSet(strangersKey));
    expect(await refused(withCertificate(certificate))).toEqual(invalidClient("A157333"));
    test.published.set(jwksUri, jwkSet(jwk));
    expect(await withCertificate(certificate)).toMatchObject({ action: "OK" });
    expect(test.published.asked.map(({ fresh }) => fresh)).toEqual([false, true, false]);
  });

  it("needs a certificate", async () => {
    await register({ ...method, jwks: jwkSet(jwk) });
    expect(await refused(ask({}))).toEqual(invalidClient("A157327"));
    expect(await refused(ask({ clientCertificate: "x" }))).toEqual(invalidClient("A157328"));
  });
});
