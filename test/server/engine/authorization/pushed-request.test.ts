import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { dpopProof } from "../../../support/dpop-proof.ts";
import { jwkSet, type Keys, makeKeys, signJwt } from "../../../support/jwt.ts";
import {
  ask,
  expectError,
  expectRedirectedError,
  ISSUER,
  issue,
  leavingNothing,
  openAuthorizationEngine,
  type Parameters,
  phone,
  query,
  queryOf,
  REDIRECT_URI,
  redirect,
  site,
  type TestEngine,
  waiting,
} from "./authorization-flow.ts";

let test: TestEngine;
let keys: Keys;
beforeAll(async () => {
  keys = await makeKeys("ES256");
});
beforeEach(async () => {
  test = await openAuthorizationEngine({ pushedAuthReqDuration: 60 });
});
afterEach(() => test.close());

/** Pushes a good request with changes, and gives its `request_uri`. */
async function push(change: Parameters = {}): Promise<string> {
  const answer = await pushAnswer(change);
  if (answer.action !== "CREATED") throw new Error(JSON.stringify(answer));
  return answer.requestUri;
}

const pushAnswer = (change: Parameters = {}) =>
  test.engine.pushed_auth_req({ parameters: query(change), clientId: site.id, clientSecret: site.secret });

/** What comes through the browser: client and reference. */
const open = (requestUri: string, beside: Parameters = {}) =>
  test.engine["auth/authorization"]({
    parameters: queryOf({ client_id: site.id, request_uri: requestUri, ...beside }),
  });

const gone = { code: "A008303", error: "invalid_request_uri" };

describe("a pushed request (RFC 9126 4)", () => {
  it("is the request; nothing that comes through the browser is", async () => {
    const uri = await push({ max_age: "5" });
    const answer = waiting(
      await open(uri, { scope: "profile", login_hint: "mallory", max_age: "9", state: "other" }),
    );
    expect(answer.maxAge).toBe(5);
    expect(answer.scopes?.map(({ name }) => name)).toEqual(["openid", "email"]);
    expect(answer).not.toHaveProperty("loginHint");
    const issued = await issue(test, answer.ticket);
    expect(redirect(issued).parameters).toMatchObject({ state: "the state", iss: ISSUER });
  });

  it("can be opened again until it is completed, and is completed once (RFC 9126 7.3)", async () => {
    const uri = await push();
    const [first, second] = [waiting(await open(uri)), waiting(await open(uri))];
    expect((await issue(test, first.ticket)).action).toBe("LOCATION");
    expectError(await leavingNothing(test, () => open(uri)), gone);
    const late = await leavingNothing(test, () => issue(test, second.ticket));
    expectError(late, { code: "A045304", error: "invalid_request" });
  });

  it("that the user denied is completed too", async () => {
    const uri = await push();
    const [first, second] = [waiting(await open(uri)), waiting(await open(uri))];
    await test.engine["auth/authorization/fail"]({ ticket: first.ticket, reason: "DENIED" });
    expectError(await open(uri), gone);
    const late = await test.engine["auth/authorization/fail"]({ ticket: second.ticket, reason: "DENIED" });
    expectError(late, { code: "A059202", error: "invalid_request" });
  });

  it("expires, and the first opening does not put that off", async () => {
    const uri = await push();
    test.clock.advance(59_999);
    const { ticket } = waiting(await open(uri));
    test.clock.advance(1);
    expectError(await open(uri), gone);
    test.clock.advance(3_600_000);
    await test.store.removeExpired(test.clock(), 1000);
    expect((await issue(test, ticket)).action).toBe("LOCATION");
  });

  it("is still remembered as used when it would have expired long ago", async () => {
    const uri = await push();
    const [first, second] = [waiting(await open(uri)), waiting(await open(uri))];
    await issue(test, first.ticket);
    test.clock.advance(3_600_000);
    await test.store.removeExpired(test.clock(), 1000);
    expect((await issue(test, second.ticket)).resultCode).toBe("A045304");
  });

  it("of another client, or of nobody, is none", async () => {
    const uri = await push();
    expectError(await open(uri, { client_id: phone.id }), gone);
    expectError(await open(`${uri}x`), gone);
    expectError(await open("urn:ietf:params:oauth:request_uri:"), gone);
    expect(waiting(await open(uri)).action).toBe("INTERACTION");
  });

  it("does not go with a request object beside it", async () => {
    expectError(await open(await push(), { request: "a.b.c" }), {
      code: "A008304",
      error: "invalid_request",
    });
  });

  it("is checked by the same rules, and refused in the body", async () => {
    expect(await pushAnswer({ prompt: "bogus" })).toMatchObject({
      action: "BAD_REQUEST",
      resultCode: "A016303",
    });
    expect(await pushAnswer({ redirect_uri: "https://evil.example/" })).toMatchObject({
      resultCode: "A011304",
    });
    expect(await pushAnswer({ request_uri: "urn:x" })).toMatchObject({ resultCode: "A248301" });
    expect(await pushAnswer({ response_type: undefined })).toMatchObject({ resultCode: "A009301" });
  });

  it("is checked again when it is opened: the client may not be what it was", async () => {
    const uri = await push();
    await test.setClient(site.id, { responseTypes: ["TOKEN"] });
    expectRedirectedError(await open(uri), { code: "A009306", error: "unauthorized_client" });
    await test.setClient(site.id, { redirectUris: ["https://client.example/new"] });
    expectError(await open(uri), { code: "A011304", error: "invalid_request" });
  });

  it("with a request object was verified when it was pushed", async () => {
    await test.setClient(site.id, { jwks: jwkSet(keys.jwk), requestObjectRequired: true });
    const payload = {
      client_id: site.id,
      response_type: "code",
      redirect_uri: REDIRECT_URI,
      scope: "openid",
      exp: Math.floor(test.clock() / 1000) + 10,
    };
    const request = await signJwt(keys.privateKey, { header: { alg: "ES256" }, payload });
    const answer = await test.engine.pushed_auth_req({
      parameters: queryOf({ request }),
      clientId: site.id,
      clientSecret: site.secret,
    });
    const uri = (answer as { requestUri: string }).requestUri;
    test.clock.advance(30_000);
    expect(JSON.parse(waiting(await open(uri)).requestObjectPayload ?? "")).toEqual(payload);
    expect(await pushAnswer()).toMatchObject({ action: "BAD_REQUEST", resultCode: "A008309" });
  });

  it("that came with a DPoP proof yields a code for the key of the proof (RFC 9449 10.1)", async () => {
    const htu = `${ISSUER}/par`;
    await test.setService({ pushedAuthReqEndpoint: htu });
    const dpop = await dpopProof(keys, { now: test.clock(), claims: { htu } });
    const basic = { clientId: site.id, clientSecret: site.secret };
    const pushed = await test.engine.pushed_auth_req({ parameters: query(), dpop, ...basic });
    const { ticket } = waiting(await open((pushed as { requestUri: string }).requestUri));
    const { code = "" } = redirect(await issue(test, ticket)).parameters;
    const stored = await test.store.engine.read.findArtifact("authorization_code", hashOf(code));
    expect(stored?.document.request.dpopJkt).toBe(keys.jkt);
  });

  it("keeps no credentials", async () => {
    await test.setClient(site.id, { tokenAuthMethod: "CLIENT_SECRET_POST" });
    const answer = await test.engine.pushed_auth_req({ parameters: query({ client_secret: site.secret }) });
    const { ticket } = waiting(await open((answer as { requestUri: string }).requestUri));
    const stored = await test.store.engine.read.findArtifact("authorization_ticket", hashOf(ticket));
    const hash = stored?.document.request.pushedRequestHash ?? "";
    const pushed = await test.store.engine.read.findArtifact("pushed_request", hash);
    expect(pushed?.document.parameters).not.toContain("client_secret");
    expect(pushed?.document.parameters).toContain("the+nonce");
  });
});

describe("pushed requests on demand", () => {
  it.each<[string, () => Promise<void>, direct: string, reference: string]>([
    ["client", () => test.setClient(site.id, { parRequired: true }), "A008305", "A008307"],
    ["service", () => test.setService({ parRequired: true }), "A008306", "A008308"],
  ])("of the %s", async (_who, demand, direct, reference) => {
    await demand();
    const error = "invalid_request";
    expectRedirectedError(await leavingNothing(test, () => ask(test)), { code: direct, error });
    expectRedirectedError(await ask(test, { request_uri: "https://x.example/" }), { code: reference, error });
    expect(waiting(await open(await push())).action).toBe("INTERACTION");
  });
});
