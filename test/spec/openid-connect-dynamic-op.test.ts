import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateSignatureKey } from "../../src/server/engine/keys.ts";
import { assertionParameters, clientAssertion } from "../support/client-assertion.ts";
import { jwkSet, type Keys, makeKeys } from "../support/jwt.ts";
import { authorizationCode, type Provider, startProvider } from "../support/provider.ts";

/** Modules of the Dynamic OP profile of OpenID Connect certification that need no browser. */

const REDIRECT = "https://rp.example/callback";
let provider: Provider;
/** What the client publishes as its keys. */
let published: object[] = [];
const documents = createServer((request, response) => {
  response.end(request.url === "/sector" ? JSON.stringify(["https://other.example/"]) : jwkSet(...published));
});
let documentsAt: string;
beforeAll(async () => {
  await new Promise<void>((ready) => documents.listen(0, "127.0.0.1", ready));
  documentsAt = `http://127.0.0.1:${(documents.address() as AddressInfo).port}`;
  provider = await startProvider();
});
afterAll(async () => {
  await provider.close();
  documents.close();
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

/** Redeems a code of a client that registered itself. */
async function tokens(client: Registered, credentials: Record<string, string> | undefined = undefined) {
  const { code, verifier } = await authorizationCode(provider, {
    client_id: client.client_id,
    redirect_uri: REDIRECT,
    scope: "openid offline_access",
  });
  return provider.ask("/oauth/token", {
    headers: credentials
      ? {}
      : { authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}` },
    form: {
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT,
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
    const { keys } = (await (await fetch(`${provider.origin}/oauth/jwks`)).json()) as {
      keys: { kid: string }[];
    };
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

describe("keys of the server (oidcc-server-rotate-keys)", () => {
  it("change: the new one appears, the old one stays", async () => {
    const keysNow = async () =>
      ((await (await fetch(`${provider.origin}/oauth/jwks`)).json()) as { keys: { kid: string }[] }).keys;
    const before = await keysNow();
    const service = await provider.services.store.findService("1");
    const { keys } = JSON.parse(service?.jwks ?? "{}") as { keys: object[] };
    const added = await generateSignatureKey("RS256");
    await provider.setService({ jwks: JSON.stringify({ keys: [...keys, added] }) });
    const after = (await keysNow()).map(({ kid }) => kid);
    expect(after).toEqual(expect.arrayContaining([...before.map(({ kid }) => kid), added.kid]));
    await provider.setService({ jwks: JSON.stringify({ keys }) });
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

  it("are read from their address, and again when one is not known (oidcc-refresh-token-rp-key-rotation)", async () => {
    const [first, second] = [await makeKeys("ES256", "k1"), await makeKeys("ES256", "k2")];
    published = [first.jwk];
    const method = { token_endpoint_auth_method: "private_key_jwt", jwks_uri: `${documentsAt}/jwks` };
    const client = await register(method);
    const { json } = await tokens(client, await assertionOf(client, first));
    published = [second.jwk];
    const refreshed = await provider.ask("/oauth/token", {
      form: {
        grant_type: "refresh_token",
        refresh_token: String(json.refresh_token),
        ...(await assertionOf(client, second)),
      },
    });
    expect(refreshed.status).toBe(200);
  });
});

describe("sectors (oidcc-registration-sector-bad)", () => {
  it("whose document does not name the redirection URIs are refused", async () => {
    const json = {
      redirect_uris: [REDIRECT],
      subject_type: "pairwise",
      sector_identifier_uri: `${documentsAt}/sector`,
    };
    const { status, json: answered } = await provider.ask("/oauth/register", { json });
    expect(status).toBe(400);
    expect(answered).not.toHaveProperty("client_id");
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
