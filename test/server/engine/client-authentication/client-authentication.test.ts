import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import { createEngine } from "../../../../src/server/engine/engine.ts";
import {
  basic,
  clients,
  form,
  issuedTokens,
  openTestEngine,
  SERVICE_ID,
  summary,
  type TestEngine,
} from "../../../support/engine.ts";
import { offline } from "../../../support/offline.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

type Call = { parameters?: Record<string, string | string[]>; [member: string]: unknown };

const password = { grant_type: "password", username: "alice", password: "wonderland" };

function ask({ parameters = {}, ...request }: Call) {
  return test.engine["auth/token"]({ parameters: form({ ...password, ...parameters }), ...request });
}

async function refused(call: Call) {
  const before = test.issued();
  const answer = summary(await ask(call));
  expect(test.issued()).toBe(before);
  return answer;
}

const invalidClient = (code: string) => ({ action: "INVALID_CLIENT", code, error: "invalid_client" });
const invalidRequest = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_request" });
const { firstParty, post, app } = clients;

describe("a client proves who it is by its registered method and channel", () => {
  it("basic: identifier and secret in the Authorization header", async () => {
    expect(await ask(basic(firstParty))).toMatchObject({
      action: "PASSWORD",
      resultCode: "A051001",
      clientId: 2000,
      clientAuthMethod: "CLIENT_SECRET_BASIC",
    });
    expect(test.issued()).toBe(1);
  });

  it("post: identifier and secret among the parameters", async () => {
    const answer = await ask({ parameters: { client_id: post.id, client_secret: post.secret } });
    expect(answer).toMatchObject({
      action: "PASSWORD",
      clientId: 2002,
      clientAuthMethod: "CLIENT_SECRET_POST",
    });
  });

  it("none: the identifier alone, wherever it stands, and an empty secret does no harm", async () => {
    const expected = { action: "PASSWORD", clientId: 2003, clientAuthMethod: "NONE" };
    expect(await ask({ parameters: { client_id: app.id } })).toMatchObject(expected);
    expect(await ask({ parameters: { client_id: app.id, client_secret: "" } })).toMatchObject(expected);
    expect(await ask({ clientId: app.id })).toMatchObject(expected);
  });

  it("takes Basic credentials literally", async () => {
    await test.setClient(firstParty.id, { clientSecret: "a+b%20c:d" });
    expect(await ask({ clientId: firstParty.id, clientSecret: "a+b%20c:d" })).toMatchObject({
      action: "PASSWORD",
    });
    expect(await refused({ clientId: firstParty.id, clientSecret: "a b c:d" })).toEqual(
      invalidClient("A157305"),
    );
  });

  it("has basic as the method of a confidential client that registered none", async () => {
    await test.setClient("2010", { clientType: "CONFIDENTIAL", clientSecret: "s" });
    expect(await ask({ clientId: "2010", clientSecret: "s" })).toMatchObject({ action: "PASSWORD" });
    expect(await refused({ parameters: { client_id: "2010", client_secret: "s" } })).toEqual(
      invalidClient("A157357"),
    );
  });

  it("lets the header win when both channels carry credentials", async () => {
    const both = { parameters: { client_id: firstParty.id, client_secret: "wrong" } };
    expect(await ask({ ...both, ...basic(firstParty) })).toMatchObject({ action: "PASSWORD" });
    expect(
      await refused({ parameters: { client_id: post.id, client_secret: post.secret }, ...basic(post) }),
    ).toEqual(invalidClient("A157357"));
  });
});

describe("a client that does not prove it is refused", () => {
  it.each<[string, Call, ReturnType<typeof invalidClient>]>([
    ["wrong secret", { clientId: firstParty.id, clientSecret: "wrong" }, invalidClient("A157305")],
    ["missing secret", { clientId: firstParty.id }, invalidClient("A157304")],
    ["empty secret", { clientId: firstParty.id, clientSecret: "" }, invalidClient("A157304")],
    ["null secret", { clientId: firstParty.id, clientSecret: null }, invalidClient("A157304")],
    [
      "right secret in the wrong channel: body instead of header",
      { parameters: { client_id: firstParty.id, client_secret: firstParty.secret } },
      invalidClient("A157357"),
    ],
    ["right secret in the wrong channel: header instead of body", basic(post), invalidClient("A157357")],
    ["post without secret", { parameters: { client_id: post.id } }, invalidClient("A157304")],
    [
      "post with wrong secret",
      { parameters: { client_id: post.id, client_secret: "x" } },
      invalidClient("A157305"),
    ],
    [
      "post with two secrets",
      { parameters: { client_id: post.id, client_secret: [post.secret, post.secret] } },
      invalidClient("A157304"),
    ],
    [
      "public with a secret",
      { parameters: { client_id: app.id, client_secret: "x" } },
      invalidClient("A157303"),
    ],
    ["public with a header secret", { clientId: app.id, clientSecret: "x" }, invalidClient("A157303")],
    [
      "public with an assertion",
      { parameters: { client_id: app.id, client_assertion: "x" } },
      invalidClient("A157303"),
    ],
  ])("%s", async (_, call, expected) => {
    expect(await refused(call)).toEqual(expected);
  });

  it.each<[string, Partial<Client>, string]>([
    ["confidential without a method", { clientType: "CONFIDENTIAL", tokenAuthMethod: "NONE" }, "A157301"],
    ["no type at all and no method", { tokenAuthMethod: "NONE" }, "A157301"],
    ["public with a method", { clientType: "PUBLIC", tokenAuthMethod: "CLIENT_SECRET_BASIC" }, "A157302"],
    [
      "no secret of its own",
      { clientType: "CONFIDENTIAL", tokenAuthMethod: "CLIENT_SECRET_BASIC" },
      "A157305",
    ],
    [
      "client_secret_jwt",
      { clientType: "CONFIDENTIAL", tokenAuthMethod: "CLIENT_SECRET_JWT", clientSecret: "s" },
      "A157309",
    ],
    ["private_key_jwt", { clientType: "CONFIDENTIAL", tokenAuthMethod: "PRIVATE_KEY_JWT" }, "A157309"],
    ["tls_client_auth", { clientType: "CONFIDENTIAL", tokenAuthMethod: "TLS_CLIENT_AUTH" }, "A157327"],
    [
      "self-signed TLS",
      { clientType: "CONFIDENTIAL", tokenAuthMethod: "SELF_SIGNED_TLS_CLIENT_AUTH" },
      "A157327",
    ],
    ["attestation", { clientType: "CONFIDENTIAL", tokenAuthMethod: "ATTEST_JWT_CLIENT_AUTH" }, "A158301"],
  ])("a registration that cannot be checked: %s", async (_, registration, code) => {
    await test.setClient("2011", registration);
    expect(await refused({ clientId: "2011", clientSecret: "s" })).toEqual(invalidClient(code));
  });
});

describe("finding the client", () => {
  it.each<[string, Call, ReturnType<typeof invalidClient>]>([
    ["no hint at all", {}, invalidRequest("A244305")],
    ["empty client_id", { parameters: { client_id: "" } }, invalidRequest("A048302")],
    ["client_id twice", { parameters: { client_id: [app.id, app.id] } }, invalidRequest("A048303")],
    ["unknown number", { parameters: { client_id: "9999" } }, invalidClient("A048304")],
    ["a number beyond all numbers", { parameters: { client_id: "9".repeat(40) } }, invalidClient("A048304")],
    ["a name where aliases are off", { parameters: { client_id: "nobody" } }, invalidClient("A048324")],
    ["control characters", { parameters: { client_id: "20\u0000" } }, invalidClient("A048324")],
    ["half a character", { clientId: "\ud800" }, invalidClient("A048324")],
    [
      "header and parameter differ",
      { parameters: { client_id: app.id }, ...basic(firstParty) },
      invalidRequest("A048312"),
    ],
    ["only an assertion", { parameters: { client_assertion: "a.b.c" } }, invalidClient("A157309")],
  ])("refuses: %s", async (_, call, expected) => {
    expect(await refused(call)).toEqual(expected);
  });

  it("refuses a locked client, and serves it again when it is unlocked", async () => {
    await test.setClient(firstParty.id, { locked: true });
    expect(await refused(basic(firstParty))).toEqual(invalidClient("A048307"));
    await test.setClient(firstParty.id, { locked: false });
    expect(await ask(basic(firstParty))).toMatchObject({ action: "PASSWORD" });
  });

  it("takes an alias where service and client both allow it", async () => {
    await test.setClient(app.id, { clientIdAlias: "my-app", clientIdAliasEnabled: true });
    const byAlias = { parameters: { client_id: "my-app" } };
    expect(await refused(byAlias)).toEqual(invalidClient("A048324"));
    await test.setService({ clientIdAliasEnabled: true });
    expect(await ask(byAlias)).toMatchObject({
      action: "PASSWORD",
      clientIdAlias: "my-app",
      clientIdAliasUsed: true,
    });
    expect(await ask({ parameters: { client_id: app.id } })).toMatchObject({ clientIdAliasUsed: false });
    expect(await refused({ parameters: { client_id: "other" } })).toEqual(invalidClient("A048323"));
    await test.setClient(app.id, { clientIdAliasEnabled: false });
    expect(await refused(byAlias)).toEqual(invalidClient("A048324"));
  });

  it("tells a public client from its refresh token where the service allows that", async () => {
    const publicClient = { parameters: { client_id: app.id } };
    const ticket = await ask(publicClient);
    if (ticket.action !== "PASSWORD") throw new Error("no ticket");
    const tokens = await test.engine["auth/token/issue"]({ ticket: String(ticket.ticket), subject: "alice" });
    if (tokens.action !== "OK") throw new Error("no tokens");
    const parameters = { grant_type: "refresh_token", refresh_token: String(tokens.refreshToken) };
    expect(await refused({ parameters })).toEqual(invalidRequest("A244305"));
    await test.setService({ missingClientIdAllowed: true });
    expect(await refused({ parameters: { grant_type: "refresh_token" } })).toEqual(invalidRequest("A048320"));
    expect(await refused({ parameters: { ...parameters, refresh_token: "unknown" } })).toEqual({
      ...invalidRequest("A048321"),
      error: "invalid_grant",
    });
    expect(await ask({ parameters })).toMatchObject({ action: "OK", clientId: 2003 });
  });

  it("refuses the refresh token of a client that is gone", async () => {
    await test.setService({ missingClientIdAllowed: true });
    const { refreshToken } = await issuedTokens(test.engine);
    const { engine: store } = test.store;
    const engine = createEngine({
      store: { read: { ...store.read, findClient: async () => undefined }, write: store.write },
      clock: test.clock,
      random: (bytes) => new Uint8Array(bytes),
      serviceId: SERVICE_ID,
      ...offline,
    });
    const parameters = form({ grant_type: "refresh_token", refresh_token: String(refreshToken) });
    expect(summary(await engine["auth/token"]({ parameters }))).toEqual({
      ...invalidRequest("A048322"),
      error: "invalid_grant",
    });
  });

  it("does not let a confidential client hide behind its refresh token", async () => {
    await test.setService({ missingClientIdAllowed: true });
    const { refreshToken } = await issuedTokens(test.engine);
    const parameters = { grant_type: "refresh_token", refresh_token: String(refreshToken) };
    expect(await refused({ parameters })).toEqual(invalidRequest("A244305"));
    expect(await ask({ parameters, ...basic(firstParty) })).toMatchObject({ action: "OK" });
  });
});

describe("nothing weaker is issued than was asked for", () => {
  const dpopError = { action: "BAD_REQUEST", code: "A254301", error: "invalid_dpop_proof" };

  it("refuses a client whose tokens have to be bound to a key, with and without a proof", async () => {
    await test.setClient(firstParty.id, { dpopRequired: true });
    expect(await refused(basic(firstParty))).toEqual(dpopError);
    expect(await refused({ ...basic(firstParty), dpop: "a.b.c" })).toEqual(dpopError);
    await test.setClient(firstParty.id, { dpopRequired: false });
    expect(await refused({ ...basic(firstParty), dpop: "a.b.c" })).toEqual(dpopError);
    expect(await ask({ ...basic(firstParty), dpop: null })).toMatchObject({ action: "PASSWORD" });
  });

  it("refuses a client whose tokens have to be bound to a certificate", async () => {
    const call = { ...basic(firstParty), clientCertificate: "-----BEGIN CERTIFICATE-----" };
    expect(await ask(call)).toMatchObject({ action: "PASSWORD" });
    await test.setClient(firstParty.id, { tlsClientCertificateBoundAccessTokens: true });
    expect(await refused(call)).toEqual(invalidRequest("A048351"));
  });

  it("refuses what no FAPI mode allows", async () => {
    await test.setService({ fapiModes: ["FAPI2_SECURITY"] });
    expect(await refused(basic(firstParty))).toEqual(invalidRequest("A295306"));
    const parameters = { grant_type: "client_credentials" };
    expect(await refused({ parameters, ...basic(clients.backend) })).toEqual(invalidRequest("A295301"));
    await test.setService({ fapiModes: [] });
    expect(await ask({ parameters, ...basic(clients.backend) })).toMatchObject({ action: "OK" });
  });
});
