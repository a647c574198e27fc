import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  type JSONWebKeySet,
  type JWK,
  jwtVerify,
} from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adoptKeys } from "../../src/server/engine/key-rotation/adopt.ts";
import { rotateKeys } from "../../src/server/engine/key-rotation/rotate.ts";
import { assertionParameters, clientAssertion } from "../support/client-assertion.ts";
import { startDocumentServer } from "../support/document-server.ts";
import { jwkSet, type Keys, makeKeys } from "../support/jwt.ts";
import { authorizationCode, type Provider, startProvider } from "../support/provider.ts";

/** Modules of the Dynamic OP profile of OpenID Connect certification that need no browser. */

const REDIRECT = "https://rp.example/callback";
let provider: Provider;
let documents: Awaited<ReturnType<typeof startDocumentServer>>;
beforeAll(async () => {
  [provider, documents] = [await startProvider(), await startDocumentServer()];
});
afterAll(async () => {
  await provider.close();
  await documents.close();
});

type Registered = Record<string, unknown> & { client_id: string; client_secret: string };

async function register(changes: Record<string, unknown> = {}): Promise<Registered> {
  const json = {
    redirect_uris: [REDIRECT],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    ...changes,
  };
  const reply = await provider.ask("/oauth/register", { json });
  if (reply.status !== 201) throw new Error(reply.text);
  return reply.json as Registered;
}

const publishedKeys = async () =>
  (await (await fetch(`${provider.origin}/oauth/jwks`)).json()) as { keys: (JWK & { kid: string })[] };

/** Redeems a code of a client that registered itself. */
async function tokens(
  client: Registered,
  credentials: Record<string, string> | undefined = undefined,
  redirect_uri = REDIRECT,
) {
  const { code, verifier } = await authorizationCode(provider, {
    client_id: client.client_id,
    redirect_uri,
    scope: "openid offline_access",
  });
  return provider.ask("/oauth/token", {
    headers: credentials
      ? {}
      : { authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}` },
    form: {
      grant_type: "authorization_code",
      code,
      redirect_uri,
      code_verifier: verifier,
      ...credentials,
    },
  });
}

describe("ID tokens", () => {
  it("are signed with RS256 unless it was registered otherwise, with a key that is published", async () => {
    const { json } = await tokens(await register());
    const { alg, kid } = decodeProtectedHeader(String(json.id_token));
    expect(alg).toBe("RS256");
    const { keys } = await publishedKeys();
    expect(keys.map((key) => key.kid)).toContain(kid);
  });

  it("are signed as registered (oidcc-idtoken-rs256 and others)", async () => {
    for (const alg of ["RS256", "ES256", "PS256"]) {
      const { json } = await tokens(await register({ id_token_signed_response_alg: alg }));
      expect(decodeProtectedHeader(String(json.id_token)).alg).toBe(alg);
    }
  });

  it("of the code flow have what a client checks, and no claims of the profile", async () => {
    const client = await register();
    const { json } = await tokens(client);
    const claims = decodeJwt(String(json.id_token));
    expect(claims).toMatchObject({
      iss: provider.origin,
      sub: provider.subject,
      nonce: "n-1",
      exp: expect.any(Number),
      iat: expect.any(Number),
      auth_time: expect.any(Number),
    });
    expect([claims.aud].flat()).toEqual([client.client_id]);
    for (const name of ["name", "email", "address", "phone_number"]) expect(claims).not.toHaveProperty(name);
    expect(json.expires_in).toBe(3600);
  });
});

describe("UserInfo (oidcc-userinfo-rs256)", () => {
  it("is signed as registered, with a key that is published", async () => {
    const client = await register({ userinfo_signed_response_alg: "RS256" });
    const { json } = await tokens(client);
    const headers = { authorization: `Bearer ${json.access_token}` };
    const { status, text, headers: answered } = await provider.ask("/oauth/userinfo", { headers });
    expect([status, answered.get("content-type")]).toEqual([200, "application/jwt"]);
    const keys = createLocalJWKSet((await publishedKeys()) as JSONWebKeySet);
    const { payload } = await jwtVerify(text, keys, {
      issuer: provider.origin,
      audience: client.client_id,
      algorithms: ["RS256"],
    });
    expect(payload.sub).toBe(provider.subject);
  });
});

describe("redirection URIs", () => {
  const WITH_QUERY = `${REDIRECT}?dummy1=lorem&dummy2=ipsum`;
  const authorize = (client: Registered, redirect_uri: string | undefined) =>
    provider.ask(
      `/oauth/authorize?${new URLSearchParams({
        client_id: client.client_id,
        response_type: "code",
        scope: "openid",
        prompt: "none",
        ...(redirect_uri === undefined ? {} : { redirect_uri }),
      })}`,
    );
  const onPage = async (client: Registered, redirect_uri: string | undefined) => {
    const { status, headers, text } = await authorize(client, redirect_uri);
    expect([status, headers.get("location"), headers.get("refresh")]).toEqual([400, null, null]);
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(text).toContain("invalid_request");
  };

  it("may have a query, which comes back as it is (oidcc-redirect-uri-query-OK)", async () => {
    const client = await register({ redirect_uris: [WITH_QUERY] });
    const { status, headers } = await authorize(client, WITH_QUERY);
    expect(status).toBe(302);
    expect(headers.get("location")).toMatch(`${WITH_QUERY}&error=login_required`);
    expect((await tokens(client, undefined, WITH_QUERY)).status).toBe(200);
  });

  it.each([
    ["oidcc-redirect-uri-query-mismatch", [WITH_QUERY], `${REDIRECT}?dummy1=dolor&dummy2=ipsum`],
    ["oidcc-redirect-uri-query-added", [REDIRECT], `${REDIRECT}?dummy1=lorem`],
    ["oidcc-ensure-redirect-uri-in-authorization-request", [REDIRECT, `${REDIRECT}2`], undefined],
  ])("%s: an error page, and no redirect", async (_, redirect_uris, redirect_uri) => {
    const client = await register({ redirect_uris });
    await onPage(client, redirect_uri);
    expect((await authorize(client, redirect_uris[0])).status).toBe(302);
  });

  it("with a fragment are not registered (oidcc-redirect-uri-regfrag)", async () => {
    const json = { redirect_uris: [`${REDIRECT}#foobar`] };
    const { status, json: answered } = await provider.ask("/oauth/register", { json });
    expect([status, answered.error]).toEqual([400, "invalid_redirect_uri"]);
    expect(answered).not.toHaveProperty("client_id");
  });
});

describe("keys of the server (oidcc-server-rotate-keys)", () => {
  it("change: the new ones appear and sign, the old ones stay", async () => {
    const client = await register();
    const old = String((await tokens(client)).json.id_token);
    const before = (await publishedKeys()).keys.map(({ kid }) => kid);
    const ports = { store: provider.services.store.engine, serviceId: "1" };
    await adoptKeys(ports, Date.now());
    await rotateKeys(ports, { publicationMs: 0, now: Date.now() });
    const after = await publishedKeys();
    const kids = after.keys.map(({ kid }) => kid);
    expect(kids).toEqual(expect.arrayContaining(before));
    expect(kids.length).toBeGreaterThan(before.length);
    expect(new Set(kids).size).toBe(kids.length);
    for (const key of after.keys) expect(key).not.toHaveProperty("d");
    const fresh = String((await tokens(client)).json.id_token);
    expect(before).not.toContain(decodeProtectedHeader(fresh).kid);
    const keys = createLocalJWKSet(after as JSONWebKeySet);
    for (const token of [old, fresh]) {
      expect((await jwtVerify(token, keys, { issuer: provider.origin })).payload.sub).toBe(provider.subject);
    }
  });
});

describe("keys of the client", () => {
  const assertionOf = async (client: Registered, keys: Keys, now = Date.now()) =>
    assertionParameters(
      await clientAssertion({
        clientId: client.client_id,
        key: keys.privateKey,
        header: { alg: keys.alg, kid: keys.jwk.kid },
        claims: { aud: provider.origin },
        now,
      }),
    );

  it("come with the registration (oidcc-registration-jwks)", async () => {
    const keys = await makeKeys("ES256", "k1");
    const method = { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [keys.jwk] } };
    const client = await register(method);
    expect(client).not.toHaveProperty("client_secret");
    expect((await tokens(client, await assertionOf(client, keys))).status).toBe(200);
    const other = await makeKeys("ES256", "k1");
    expect((await tokens(client, await assertionOf(client, other))).json.error).toBe("invalid_client");
  });

  it("may stand at an address (oidcc-registration-jwks-uri)", async () => {
    const keys = await makeKeys("RS256", "k1");
    const jwks_uri = documents.publish("/registered", jwkSet(keys.jwk));
    const client = await register({ token_endpoint_auth_method: "private_key_jwt", jwks_uri });
    expect(client.jwks_uri).toBe(jwks_uri);
    expect((await tokens(client, await assertionOf(client, keys))).status).toBe(200);
    const other = await makeKeys("RS256", "k1");
    const refused = await tokens(client, await assertionOf(client, other));
    expect([refused.status, refused.json.error]).toEqual([401, "invalid_client"]);
  });

  it("sign an assertion for the issuer or the token endpoint (oidcc-ensure-client-assertion-with-iss-aud-succeeds)", async () => {
    const keys = await makeKeys("ES256", "k1");
    const method = { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [keys.jwk] } };
    const client = await register(method);
    for (const aud of [provider.origin, `${provider.origin}/oauth/token`]) {
      const assertion = await clientAssertion({
        clientId: client.client_id,
        key: keys.privateKey,
        header: { alg: "ES256", kid: "k1" },
        claims: { aud },
        now: Date.now(),
      });
      expect((await tokens(client, assertionParameters(assertion))).status).toBe(200);
    }
  });

  it("are read from their address, and again when one is not known (oidcc-refresh-token-rp-key-rotation)", async () => {
    const [first, second] = [await makeKeys("ES256", "k1"), await makeKeys("ES256", "k2")];
    const jwks_uri = documents.publish("/jwks", jwkSet(first.jwk));
    const method = { token_endpoint_auth_method: "private_key_jwt", jwks_uri };
    const client = await register(method);
    const { json } = await tokens(client, await assertionOf(client, first));
    documents.publish("/jwks", jwkSet(second.jwk));
    const refreshed = await provider.ask("/oauth/token", {
      form: {
        grant_type: "refresh_token",
        refresh_token: String(json.refresh_token),
        ...(await assertionOf(client, second)),
      },
    });
    expect(refreshed.status).toBe(200);
    const gone = await provider.ask("/oauth/token", {
      form: {
        grant_type: "refresh_token",
        refresh_token: String(refreshed.json.refresh_token),
        ...(await assertionOf(client, first)),
      },
    });
    expect([gone.status, gone.json.error]).toEqual([401, "invalid_client"]);
  });
});

describe("sectors", () => {
  const OTHER = "https://other-rp.example/callback";
  const pairwise = (redirect_uris: string[], sector_identifier_uri: string) => ({
    redirect_uris,
    subject_type: "pairwise",
    sector_identifier_uri,
  });

  it("whose document names the redirection URIs make one subject for all of them (oidcc-registration-sector-uri)", async () => {
    const sector = documents.publish("/sector", JSON.stringify([REDIRECT, OTHER]));
    const both = await register(pairwise([REDIRECT, OTHER], sector));
    expect(both).toMatchObject({ subject_type: "pairwise", sector_identifier_uri: sector });
    const other = await register(pairwise([OTHER], sector));
    const sub = decodeJwt(String((await tokens(both)).json.id_token)).sub;
    expect(sub).not.toBe(provider.subject);
    const again = decodeJwt(String((await tokens(other, undefined, OTHER)).json.id_token)).sub;
    expect(again).toBe(sub);
  });

  it.each([
    ["names others", JSON.stringify(["https://other.example/"])],
    ["names some of them", JSON.stringify([REDIRECT])],
    ["is no list", JSON.stringify({ redirect_uris: [REDIRECT, OTHER] })],
    ["is no JSON", "<html>"],
  ])("whose document %s are refused (oidcc-registration-sector-bad)", async (name, text) => {
    const sector = documents.publish(`/sector-bad/${encodeURIComponent(name)}`, text);
    const json = pairwise([REDIRECT, OTHER], sector);
    const { status, json: answered } = await provider.ask("/oauth/register", { json });
    expect([status, answered.error]).toEqual([400, "invalid_client_metadata"]);
    expect(answered).not.toHaveProperty("client_id");
  });

  it("whose document is not there, or not over https, are refused (oidcc-registration-sector-bad)", async () => {
    for (const sector of [`${documents.origin}/no-sector`, "http://127.0.0.1/sector"]) {
      const json = pairwise([REDIRECT, OTHER], sector);
      const { status, json: answered } = await provider.ask("/oauth/register", { json });
      expect([status, answered.error]).toEqual([400, "invalid_client_metadata"]);
      expect(answered).not.toHaveProperty("client_id");
    }
  });

  it("of one host need no document: the subject is pairwise", async () => {
    const { json } = await tokens(await register({ subject_type: "pairwise" }));
    const { sub } = decodeJwt(String(json.id_token));
    expect(sub).not.toBe(provider.subject);
    const again = decodeJwt(
      String((await tokens(await register({ subject_type: "pairwise" }))).json.id_token),
    );
    expect(again.sub).toBe(sub);
  });
});
