import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type AuthorizationGate,
  CALLBACK,
  openAuthorizationGate,
  payloadOf,
  responseIn,
  type Visitor,
} from "../support/authorization-gate.ts";
import { startDocumentServer } from "../support/document-server.ts";
import { ORIGIN } from "../support/gate.ts";
import { type Keys, makeKeys, signJwt, unsigned } from "../support/jwt.ts";

type Json = Record<string, unknown>;
type Registered = { id: string; secret: string };

let gate: AuthorizationGate;
let alice: Visitor;
let keys: Keys;
let documents: Awaited<ReturnType<typeof startDocumentServer>>;

beforeAll(async () => {
  documents = await startDocumentServer();
  gate = await openAuthorizationGate();
  keys = await makeKeys("RS256", "k1");
});
beforeEach(async () => {
  await setService({ traditionalRequestObjectProcessingApplied: false });
  // What could not be read is not asked for again for ten seconds.
  gate.clock.advance(10_000);
  alice = await gate.person();
});
afterAll(async () => {
  await gate.close();
  await documents.close();
});

async function setService(change: object) {
  const { store } = gate.services;
  await store.upsertService("1", { ...(await store.findService("1")), ...change });
}

/** Registers a client as the client itself does. */
async function register(changes: Json = {}) {
  const { status, text } = await gate.send(
    new Request(`${ORIGIN}/oauth/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        redirect_uris: [CALLBACK],
        request_object_signing_alg: "RS256",
        jwks: { keys: [keys.jwk] },
        ...changes,
      }),
    }),
  );
  return { status, json: JSON.parse(text) as Json };
}

/** A client whose request objects stand at this path. */
async function clientWith(path: string, changes: Json = {}): Promise<Registered & { uri: string }> {
  const uri = `${documents.origin}${path}`;
  const { status, json } = await register({ request_uris: [uri], ...changes });
  if (status !== 201) throw new Error(JSON.stringify(json));
  return { id: String(json.client_id), secret: String(json.client_secret), uri };
}

/** The claims of a request object that says all of a good request. */
function claimsOf({ id }: Registered, changes: Json = {}): Json {
  const seconds = Math.floor(gate.clock() / 1000);
  return {
    iss: id,
    aud: ORIGIN,
    iat: seconds,
    exp: seconds + 300,
    ...Object.fromEntries(gate.request({ client_id: id, state: "inside", nonce: "inside" })),
    ...changes,
  };
}

const signed = (client: Registered, changes: Json = {}, key = keys.privateKey) =>
  signJwt(key, { header: { alg: "RS256", kid: "k1" }, payload: claimsOf(client, changes) });

/** A request by reference, with what OIDC Core 6.2 wants beside it. */
const reference = ({ id }: Registered, uri: string) =>
  new URLSearchParams({ client_id: id, response_type: "code", scope: "openid", request_uri: uri });

const digest = (text: string) => createHash("sha256").update(text).digest("base64url");

describe("RFC 9101 §5.2, OIDC Core §6.2: a request object by reference", () => {
  it("that is signed leads to tokens (oidcc-request-uri-signed-rs256)", async () => {
    const client = await clientWith("/signed");
    const text = await signed(client);
    documents.publish("/signed", text);
    const response = await alice.agree(reference(client, client.uri));
    expect(response).toEqual({ code: expect.any(String), state: "inside", iss: ORIGIN });
    const { json } = await gate.redeem(response.code, {}, client);
    expect(payloadOf(json.id_token)).toMatchObject({ aud: [client.id], nonce: "inside" });
    const again = await alice.agree(reference(client, `${client.uri}#${digest(text)}`));
    expect(again.code).toEqual(expect.any(String));
  });

  it("that is not signed counts where the service takes it, at an address registered before the request was made (oidcc-request-uri-unsigned)", async () => {
    await setService({ traditionalRequestObjectProcessingApplied: true });
    const client = await clientWith(`/unsigned#${digest("nothing yet")}`, {
      request_object_signing_alg: "none",
    });
    documents.publish("/unsigned", unsigned({ alg: "none" }, claimsOf(client)));
    const { code } = await alice.agree(reference(client, client.uri));
    expect((await gate.redeem(code, {}, client)).status).toBe(200);
    await setService({ traditionalRequestObjectProcessingApplied: false });
    const refused = await alice.authorize(reference(client, client.uri));
    expect([refused.status, refused.target]).toEqual([400, undefined]);
  });

  it("is asked for only where its client has registered the address", async () => {
    const client = await clientWith("/own");
    const other = await clientWith("/other");
    const text = await signed(client);
    for (const path of ["/own", "/other", "/own?a=1", "/Own"]) documents.publish(path, text);
    const asked = documents.asked().length;
    for (const uri of [other.uri, `${client.uri}?a=1`, `${documents.origin}/Own`, "http://localhost/own"]) {
      const beside = gate.request({ client_id: client.id, request_uri: uri });
      const answer = await alice.authorize(beside);
      expect(answer.status).toBe(302);
      expect(responseIn(answer)).toMatchObject({
        error: "invalid_request_uri",
        state: "state-1",
        iss: ORIGIN,
      });
      expect(responseIn(answer)).not.toHaveProperty("code");
    }
    expect(documents.asked()).toHaveLength(asked);
    expect((await alice.agree(reference(client, client.uri))).code).toEqual(expect.any(String));
  });

  it("is refused on a page where nothing shows a way back", async () => {
    const client = await clientWith("/own");
    const answer = await alice.authorize(reference(client, `${documents.origin}/other`));
    expect([answer.status, answer.target]).toEqual([400, undefined]);
    expect(answer.text).toContain("invalid_request_uri");
  });

  it.each<[string, (client: Registered) => Promise<void> | void, string]>([
    ["is not there", () => {}, "invalid_request_uri"],
    ["is no JWT", () => void documents.publish("/bad", "<html>"), "invalid_request_uri"],
    ["is too big", () => void documents.publish("/bad", `a.${"b".repeat(70_000)}.c`), "invalid_request_uri"],
    [
      "is signed by somebody else",
      async (client) => {
        const { privateKey } = await makeKeys("RS256", "k1");
        documents.publish("/bad", await signed(client, {}, privateKey));
      },
      "invalid_request_object",
    ],
    [
      "is not signed",
      (client) => void documents.publish("/bad", unsigned({ alg: "none" }, claimsOf(client))),
      "invalid_request_object",
    ],
    [
      "is another client's",
      async (client) => void documents.publish("/bad", await signed(client, { client_id: gate.clientId })),
      "invalid_request_object",
    ],
    [
      "is for another server",
      async (client) =>
        void documents.publish("/bad", await signed(client, { aud: "https://other.example" })),
      "invalid_request_object",
    ],
    [
      "has a request_uri inside",
      async (client) =>
        void documents.publish("/bad", await signed(client, { request_uri: `${documents.origin}/bad` })),
      "invalid_request_object",
    ],
  ])("that %s goes back as an error, and gives nothing", async (_, publish, error) => {
    const client = await clientWith("/bad");
    await publish(client);
    const beside = gate.request({ client_id: client.id, request_uri: client.uri });
    const answer = await alice.authorize(beside);
    expect([answer.status, responseIn(answer).error]).toEqual([302, error]);
    expect(responseIn(answer)).not.toHaveProperty("code");
    documents.publish("/bad", await signed(client));
    gate.clock.advance(10_000);
    expect((await alice.agree(beside)).code).toEqual(expect.any(String));
  });

  it("that is elsewhere is not followed there", async () => {
    const client = await clientWith("/moved");
    documents.redirect("/moved", documents.publish("/elsewhere", await signed(client)));
    const asked = documents.asked().length;
    const beside = gate.request({ client_id: client.id, request_uri: client.uri });
    expect(responseIn(await alice.authorize(beside)).error).toBe("invalid_request_uri");
    expect(documents.asked().slice(asked)).toEqual(["/moved"]);
  });

  it("in the network of a production server is not asked for, though it is registered (§10.4.1)", async () => {
    const production = await openAuthorizationGate({ env: { NODE_ENV: "production" } });
    const requestUris = [`${documents.origin}/inside`];
    const { id, secret } = await production.register({
      requestUris,
      jwks: JSON.stringify({ keys: [keys.jwk] }),
    });
    documents.publish("/inside", await signed({ id, secret }));
    const asked = documents.asked().length;
    const beside = production.request({ client_id: id, request_uri: requestUris[0] });
    const answer = await production.visitor().authorize(beside);
    expect(responseIn(answer)).toMatchObject({ error: "invalid_request_uri", state: "state-1" });
    expect(documents.asked()).toHaveLength(asked);
    await production.close();
  });

  it("that is not the one of the fragment is refused", async () => {
    const client = await clientWith("/hashed");
    documents.publish("/hashed", await signed(client));
    const uri = `${client.uri}#${digest("another")}`;
    const answer = await alice.authorize(gate.request({ client_id: client.id, request_uri: uri }));
    expect(responseIn(answer).error).toBe("invalid_request_uri");
  });

  it("does not come together with one by value", async () => {
    const client = await clientWith("/both");
    const text = await signed(client);
    documents.publish("/both", text);
    const both = gate.request({ client_id: client.id, request_uri: client.uri, request: text });
    expect(responseIn(await alice.authorize(both)).error).toBe("invalid_request");
    both.delete("request");
    expect((await alice.agree(both)).code).toEqual(expect.any(String));
  });

  it("is nothing to push (RFC 9126 §2.1)", async () => {
    const client = await clientWith("/pushed");
    documents.publish("/pushed", await signed(client));
    const pushed = await gate.push(gate.request({ client_id: client.id, request_uri: client.uri }), client);
    expect(pushed).toMatchObject({ status: 400, json: { error: "invalid_request" } });
    expect(pushed.json).not.toHaveProperty("request_uri");
  });

  it("of a public client has its challenge inside (RFC 9700 §2.1.1)", async () => {
    const client = await clientWith("/public", { token_endpoint_auth_method: "none" });
    documents.publish("/public", await signed(client, { code_challenge: undefined }));
    const beside = gate.request({ client_id: client.id, request_uri: client.uri });
    expect(responseIn(await alice.authorize(beside))).not.toHaveProperty("code");
    documents.publish("/public", await signed(client));
    expect((await alice.agree(beside)).code).toEqual(expect.any(String));
  });
});

describe("OpenID Connect Registration §2: request_uris", () => {
  it("are registered as they are, with a fragment too", async () => {
    const request_uris = ["https://app.example/r?a=1", "https://app.example/s#hash"];
    const { status, json } = await register({ request_uris });
    expect([status, json.request_uris]).toEqual([201, request_uris]);
  });

  it.each([
    ["without TLS", ["http://app.example/r"]],
    ["with credentials", ["https://a:b@app.example/r"]],
    ["that are none", ["https://app.example/r", "r"]],
    ["of more than 512 characters", [`https://app.example/${"r".repeat(500)}`]],
    ["that are too many", Array.from({ length: 101 }, (_, at) => `https://app.example/${at}`)],
    ["that are no list", "https://app.example/r"],
  ])("%s are refused, and nothing is registered", async (_, request_uris) => {
    const { status, json } = await register({ request_uris });
    expect([status, json.error]).toEqual([400, "invalid_client_metadata"]);
    expect(json).not.toHaveProperty("client_id");
  });
});
