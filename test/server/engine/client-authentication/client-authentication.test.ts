import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { Artifact } from "../../../../src/server/engine/artifacts.ts";
import { createEngine } from "../../../../src/server/engine/engine.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
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
import { unsigned } from "../../../support/jwt.ts";
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

/** A stored authorization code of a client. */
function codeOf(clientId: number, code: string): Artifact<"authorization_code"> {
  return {
    kind: "authorization_code",
    keyHash: hashOf(code),
    aliasHash: undefined,
    serviceId: SERVICE_ID,
    clientId,
    document: {
      request: { redirectUri: "https://app.example/cb", redirectUriGiven: false },
      grant: {
        tokenId: "token of a code",
        clientId,
        clientIdAliasUsed: false,
        subject: "alice",
        scopes: [],
        resources: [],
        properties: [],
      },
    },
    revision: 0,
    spentAt: undefined,
    createdAt: test.clock(),
    expiresAt: test.clock() + 60_000,
  };
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

describe("the methods that an endpoint takes", () => {
  it("are all, or those that the service lists for it", async () => {
    await test.setService({ supportedTokenAuthMethods: ["CLIENT_SECRET_POST"] });
    expect(await refused(basic(firstParty))).toEqual(invalidClient("A157344"));
    expect(await refused({ parameters: { client_id: app.id } })).toEqual(invalidClient("A157344"));
    const parameters = { client_id: post.id, client_secret: post.secret };
    expect(await ask({ parameters })).toMatchObject({ action: "PASSWORD" });
    await test.setService({ supportedTokenAuthMethods: [] });
    expect(await refused({ parameters })).toEqual(invalidClient("A157344"));
    await test.setService({ supportedTokenAuthMethods: undefined });
    expect(await ask(basic(firstParty))).toMatchObject({ action: "PASSWORD" });
  });

  it("are others at the revocation endpoint", async () => {
    const revoke = () => test.engine["auth/revocation"]({ parameters: "token=x", ...basic(firstParty) });
    await test.setService({ supportedTokenAuthMethods: [] });
    expect(await revoke()).toMatchObject({ action: "OK" });
    await test.setService({ supportedRevocationAuthMethods: ["CLIENT_SECRET_POST"] });
    expect(summary(await revoke())).toEqual(invalidClient("A157344"));
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
      invalidClient("A158301"),
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
    ["attestation", { clientType: "CONFIDENTIAL", tokenAuthMethod: "ATTEST_JWT_CLIENT_AUTH" }, "A157344"],
    ["a method of tomorrow", { clientType: "CONFIDENTIAL", tokenAuthMethod: "SPIFFE_JWT" }, "A157344"],
    ["a method that is none", { clientType: "CONFIDENTIAL", tokenAuthMethod: "toString" }, "A157344"],
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
    ["a name where aliases are off", { parameters: { client_id: "nobody" } }, invalidClient("A048304")],
    ["control characters", { parameters: { client_id: "20\u0000" } }, invalidClient("A048304")],
    ["half a character", { clientId: "\ud800" }, invalidClient("A048304")],
    [
      "header and parameter differ",
      { parameters: { client_id: app.id }, ...basic(firstParty) },
      invalidRequest("A048312"),
    ],
    [
      "only an assertion that is none",
      { parameters: { client_assertion: "a.b.c" } },
      invalidRequest("A244303"),
    ],
    [
      "only an assertion of nobody",
      { parameters: { client_assertion: unsigned({ alg: "none" }, { sub: firstParty.id }) } },
      invalidRequest("A244304"),
    ],
    [
      "only assertions, two of them",
      { parameters: { client_assertion: ["a.b.c", "a.b.c"] } },
      invalidRequest("A244302"),
    ],
    [
      "only an assertion of somebody unknown",
      { parameters: { client_assertion: unsigned({ alg: "none" }, { iss: "9999" }) } },
      invalidClient("A048304"),
    ],
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
    expect(await refused({ parameters: { grant_type: "refresh_token" } })).toEqual(invalidRequest("A048318"));
    expect(await refused({ parameters: { ...parameters, refresh_token: "" } })).toEqual(
      invalidRequest("A048319"),
    );
    expect(await refused({ parameters: { ...parameters, refresh_token: "unknown" } })).toEqual({
      ...invalidRequest("A048320"),
      error: "invalid_grant",
    });
    expect(await refused({})).toEqual(invalidRequest("A244305"));
    await test.setClient(app.id, { locked: true });
    expect(await refused({ parameters })).toEqual(invalidClient("A048307"));
    await test.setClient(app.id, { locked: false });
    expect(await ask({ parameters })).toMatchObject({ action: "OK", clientId: 2003 });
  });

  it("tells a public client from its authorization code where the service allows that", async () => {
    const parameters = { grant_type: "authorization_code", code: "the code" };
    await test.store.engine.write((writer) => writer.insertArtifact(codeOf(Number(app.id), "the code")));
    await test.store.engine.write((writer) => writer.insertArtifact(codeOf(Number(post.id), "other code")));
    await test.setService({ supportedGrantTypes: ["AUTHORIZATION_CODE"] });
    await test.setClient(app.id, { grantTypes: ["AUTHORIZATION_CODE"] });
    expect(await refused({ parameters })).toEqual(invalidRequest("A244305"));
    await test.setService({ missingClientIdAllowed: true });
    const { code: _, ...without } = parameters;
    expect(await refused({ parameters: without })).toEqual(invalidRequest("A048315"));
    expect(await refused({ parameters: { ...parameters, code: "" } })).toEqual(invalidRequest("A048316"));
    const invalidGrant = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_grant" });
    expect(await refused({ parameters: { ...parameters, code: "unknown" } })).toEqual(
      invalidGrant("A048317"),
    );
    expect(await refused({ parameters: { ...parameters, code: "other code" } })).toEqual(
      invalidRequest("A244305"),
    );
    expect(await ask({ parameters })).toMatchObject({
      action: "OK",
      clientId: 2003,
      clientAuthMethod: "NONE",
    });
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
});
