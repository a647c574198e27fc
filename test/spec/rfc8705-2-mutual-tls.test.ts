import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueCertificate } from "../support/certificates.ts";
import { basicOf, type Provider, startProvider, webApp } from "../support/provider.ts";

const HEADER = "client-cert";
const subject = [[["2.5.4.3", "client"]]] as const;
const certificate = issueCertificate({ subject });
const other = issueCertificate({ subject: [[["2.5.4.3", "other"]]] });
const shown = ({ certificate: { raw } } = certificate) => ({ [HEADER]: `:${raw.toString("base64")}:` });

let provider: Provider;
/** The clock stands where the certificates are good. */
const clock = () => Date.UTC(2030, 0, 1);
beforeAll(async () => {
  provider = await startProvider({
    env: { TICKETGATE_CERTIFICATE_HEADER: "Client-Cert" },
    overrides: { clock },
  });
  await provider.setService({ tlsClientCertificateBoundAccessTokens: true });
});
afterAll(() => provider.close());

const ask = (headers: Record<string, string>, form: Record<string, string> = {}) =>
  provider.ask("/oauth/token", {
    headers,
    form: { grant_type: "client_credentials", scope: "email", ...form },
  });

describe("RFC 8705 §2: a client that authenticates with its certificate", () => {
  const form = { client_id: String(webApp.clientId) };

  it("is the one whose subject it has, as the proxy in front says", async () => {
    await provider.setClient({ tokenAuthMethod: "TLS_CLIENT_AUTH", tlsClientAuthSubjectDn: "CN=client" });
    expect((await ask(shown(), form)).status).toBe(200);
    const wrong = await ask(shown(other), form);
    expect([wrong.status, wrong.json.error]).toEqual([401, "invalid_client"]);
    expect((await ask({}, form)).status).toBe(401);
  });

  it("introspects with it, too", async () => {
    await provider.setClient({ tokenAuthMethod: "TLS_CLIENT_AUTH", tlsClientAuthSubjectDn: "CN=client" });
    const { json } = await ask(shown(), form);
    const introspect = (headers: Record<string, string>) =>
      provider.ask("/oauth/introspect", { headers, form: { ...form, token: String(json.access_token) } });
    expect((await introspect(shown())).json.active).toBe(true);
    expect((await introspect(shown(other))).status).toBe(401);
    expect((await introspect({})).status).toBe(401);
  });

  it("a header that is not readable is 400, and one that is not named counts for nothing", async () => {
    expect((await ask({ [HEADER]: "garbage" }, form)).status).toBe(400);
    const elsewhere = await startProvider({ overrides: { clock } });
    await elsewhere.setClient({ tokenAuthMethod: "TLS_CLIENT_AUTH", tlsClientAuthSubjectDn: "CN=client" });
    const { status } = await elsewhere.ask("/oauth/token", {
      headers: shown(),
      form: { grant_type: "client_credentials", ...form },
    });
    expect(status).toBe(401);
    await elsewhere.close();
  });
});

describe("RFC 8705 §3: a token that is bound to a certificate", () => {
  it("is introspected with what it is bound to, and a request without the certificate gets none", async () => {
    await provider.setClient({ tlsClientCertificateBoundAccessTokens: true });
    const headers = { ...basicOf(webApp), ...shown() };
    const { json } = await ask(headers);
    const known = await provider.ask("/oauth/introspect", {
      headers: basicOf(webApp),
      form: { token: String(json.access_token) },
    });
    expect(known.json).toMatchObject({
      active: true,
      cnf: { "x5t#S256": expect.stringMatching(/^[\w-]{43}$/) },
    });
    const without = await ask(basicOf(webApp));
    expect(without.status).toBe(400);
    expect(without.json).not.toHaveProperty("access_token");
  });
});
