import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anyText } from "../../../support/any-text.ts";
import { contentOf, form, ISSUER, summary, type TestEngine } from "../../../support/engine.ts";
import { jwkSet, type Keys, makeKeys, signJwt } from "../../../support/jwt.ts";
import {
  app,
  good,
  open,
  openPushEngine,
  type Parameters,
  push,
  pushed,
  stored,
  web,
} from "./pushed-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openPushEngine();
});
afterEach(() => test.close());

describe("a pushed authorization request", () => {
  it("is kept under a request_uri", async () => {
    const answer = await push(test);
    const { requestUri } = answer as { requestUri: string };
    expect(answer).toEqual({
      resultCode: "A245001",
      resultMessage: expect.stringMatching(/^\[A245001\] /),
      action: "CREATED",
      responseContent: JSON.stringify({ expires_in: 600, request_uri: requestUri }),
      requestUri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/),
      clientAuthMethod: "CLIENT_SECRET_BASIC",
    });
    expect(await stored(test, requestUri)).toMatchObject({
      clientId: 4000,
      expiresAt: test.clock() + 600_000,
      document: { clientId: 4000, parameters: form(good) },
    });
  });

  it("can be opened by its client, as it was pushed", async () => {
    const requestUri = await pushed(test);
    const answer = await open(test, requestUri);
    expect(answer).toMatchObject({
      action: "INTERACTION",
      scopes: [{ name: "openid" }, { name: "profile" }],
    });
    expect(await open(test, requestUri, app.id)).toMatchObject({
      action: "BAD_REQUEST",
      resultCode: "A008303",
    });
  });

  it("lives for as long as the service says, to the millisecond", async () => {
    await test.setService({ pushedAuthReqDuration: 60 });
    const requestUri = await pushed(test);
    test.clock.advance(60_000 - 1);
    expect(await open(test, requestUri)).toMatchObject({ action: "INTERACTION" });
    test.clock.advance(1);
    expect(await open(test, requestUri)).toMatchObject({ action: "BAD_REQUEST", resultCode: "A008303" });
  });

  it("comes from a public client that names itself", async () => {
    const parameters = form({ ...good, client_id: app.id });
    expect(await test.engine.pushed_auth_req({ parameters })).toMatchObject({
      action: "CREATED",
      clientAuthMethod: "NONE",
    });
  });

  it("is kept without what proves the client", async () => {
    await test.setClient(web.id, { tokenAuthMethod: "CLIENT_SECRET_POST" });
    const parameters = form({ ...good, client_secret: web.secret });
    const answer = await test.engine.pushed_auth_req({ parameters });
    expect(answer).toMatchObject({ action: "CREATED", clientAuthMethod: "CLIENT_SECRET_POST" });
    const kept = JSON.stringify(await stored(test, (answer as { requestUri: string }).requestUri));
    expect(kept).not.toContain(web.secret);
    expect(kept).not.toContain("client_secret");
  });

  it("is kept without the assertion that proves the client", async () => {
    const keys = await makeKeys();
    await test.setClient(web.id, { tokenAuthMethod: "PRIVATE_KEY_JWT", jwks: jwkSet(keys.jwk) });
    const iat = test.clock() / 1000;
    const assertion = await signJwt(keys.privateKey, {
      header: { alg: "ES256" },
      payload: { iss: web.id, sub: web.id, aud: ISSUER, jti: randomUUID(), iat, exp: iat + 60 },
    });
    const client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    const parameters = form({ ...good, client_assertion: assertion, client_assertion_type });
    const answer = await test.engine.pushed_auth_req({ parameters });
    expect(answer).toMatchObject({ action: "CREATED", clientAuthMethod: "PRIVATE_KEY_JWT" });
    const kept = JSON.stringify(await stored(test, (answer as { requestUri: string }).requestUri));
    expect(kept).not.toContain("client_assertion");
    expect(await test.engine.pushed_auth_req({ parameters })).toMatchObject({ action: "UNAUTHORIZED" });
  });

  it("can come in a request object", async () => {
    const keys = await makeKeys();
    await test.setClient(web.id, { jwks: jwkSet(keys.jwk), requestSignAlg: "ES256" });
    const signedBy = ({ privateKey }: Keys) =>
      signJwt(privateKey, {
        header: { alg: "ES256", typ: "oauth-authz-req+jwt" },
        payload: { ...good, iss: web.id, aud: ISSUER, exp: test.clock() / 1000 + 60 },
      });
    const request = await signedBy(keys);
    const requestUri = await pushed(test, { client_id: web.id, request });
    const kept = await stored(test, requestUri);
    expect(kept?.document.parameters).not.toContain("request=");
    expect(JSON.parse(kept?.document.requestObjectPayload ?? "")).toMatchObject({ iss: web.id });
    expect(await open(test, requestUri)).toMatchObject({ action: "INTERACTION" });
    const before = test.artifacts();
    const forged = await push(test, { client_id: web.id, request: await signedBy(await makeKeys()) });
    expect(forged).toMatchObject({ action: "BAD_REQUEST" });
    expect(test.artifacts()).toBe(before);
  });
});

describe("a push is refused", () => {
  const without = (name: keyof typeof good) =>
    Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));

  const cases: [string, string, string, Parameters, Record<string, unknown>?][] = [
    ["BAD_REQUEST", "A248301", "with a request_uri", { ...good, request_uri: "https://client.example/r" }],
    [
      "BAD_REQUEST",
      "A248301",
      "with a pushed request_uri",
      { ...good, request_uri: "urn:ietf:params:oauth:request_uri:x" },
    ],
    ["UNAUTHORIZED", "A157305", "with a wrong secret", good, { clientSecret: "wrong" }],
    ["UNAUTHORIZED", "A157304", "without a secret", good, { clientSecret: undefined }],
    ["UNAUTHORIZED", "A247307", "from an unknown client", without("client_id"), { clientId: "999" }],
    ["BAD_REQUEST", "A247303", "from two clients", { ...good, client_id: app.id }],
    [
      "BAD_REQUEST",
      "A247306",
      "from nobody",
      without("client_id"),
      { clientId: undefined, clientSecret: undefined },
    ],
    [
      "BAD_REQUEST",
      "A247301",
      "with an assertion that is none",
      { ...without("client_id"), client_assertion: "x" },
      { clientId: undefined },
    ],
    ["BAD_REQUEST", "A009301", "without a response_type", without("response_type")],
    [
      "FORBIDDEN",
      "A009306",
      "by a client that did not declare the response type",
      { ...good, response_type: "token" },
    ],
    [
      "BAD_REQUEST",
      "A011304",
      "to a redirect_uri that is not registered",
      { ...good, redirect_uri: "https://evil.example/cb" },
    ],
    ["BAD_REQUEST", "A166301", "without parameters", {}],
    ["INTERNAL_SERVER_ERROR", "A166201", "as a call without parameters", good, { parameters: null }],
    ["INTERNAL_SERVER_ERROR", "A166202", "as a call with other parameters", good, { parameters: 5 }],
    ["PAYLOAD_TOO_LARGE", "A902307", "when it is too large", { ...good, x: "x".repeat(262_144) }],
  ];

  it.each(cases)("%s %s %s", async (action, code, _, parameters, request = {}) => {
    await test.setService({ supportedResponseTypes: ["CODE", "TOKEN"] });
    const answer = await push(test, parameters, request);
    expect(summary(answer)).toMatchObject({ action, code });
    expect(contentOf(answer)).not.toContain("request_uri:");
    expect(test.artifacts()).toBe(0);
  });

  it("never for its size alone while it is not", async () => {
    const rest = 262_144 - form({ ...good, x: "" }).length;
    await pushed(test, { ...good, x: "x".repeat(rest) });
    expect(await push(test, { ...good, x: "x".repeat(rest + 1) })).toMatchObject({
      action: "PAYLOAD_TOO_LARGE",
    });
  });

  it("from a locked client", async () => {
    await test.setClient(web.id, { locked: true });
    expect(summary(await push(test))).toMatchObject({ action: "UNAUTHORIZED", code: "A048307" });
    expect(test.artifacts()).toBe(0);
  });

  it("with a defined answer, whatever it is", async () => {
    const name = fc.constantFrom(...Object.keys(good), "request", "claims", "prompt", "dpop_jkt", "resource");
    const parameters = fc.dictionary(name, anyText({ maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(parameters, fc.string(), async (change, dpop) => {
        const { action } = await push(test, { ...good, ...change }, { dpop });
        expect(["CREATED", "BAD_REQUEST", "FORBIDDEN", "INTERNAL_SERVER_ERROR"]).toContain(action);
      }),
    );
  });
});
