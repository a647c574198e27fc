import { createHash, createPublicKey } from "node:crypto";
import { compactDecrypt, exportJWK, generateKeyPair, importJWK, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formPostScriptSource } from "../../../../src/server/engine/authorization/response/form-post.ts";
import { jwkSet } from "../../../support/jwt.ts";
import {
  ask,
  expectError,
  ISSUER,
  issue,
  issueFor,
  leavingNothing,
  openAuthorizationEngine,
  type Parameters,
  REDIRECT_URI,
  redirect,
  site,
  type TestEngine,
  ticketFor,
} from "./authorization-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
});
afterEach(() => test.close());

const contentOf = (answer: object) => (answer as { responseContent: string }).responseContent;

/** The fields of a page that sends itself, as a browser reads them. */
function fieldsOf(page: string): { action: string; fields: Record<string, string> } {
  const text = (value = "") =>
    value
      .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, "&");
  const action = text(/<form method="post" action="([^"]*)">/.exec(page)?.[1]);
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return { action, fields: Object.fromEntries(fields.map(([, name, value]) => [text(name), text(value)])) };
}

/** The parameters in a signed response, verified with the keys that the service publishes. */
async function verified(jwt = "") {
  const { keys } = (await test.engine["service/jwks/get"]({})) as { keys?: JsonWebKey[] };
  const kid = JSON.parse(Buffer.from(jwt.split(".")[0] ?? "", "base64url").toString()).kid;
  const jwk = keys?.find((key) => (key as { kid?: string }).kid === kid) ?? {};
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const { payload } = await jwtVerify(jwt, key, {
    issuer: ISSUER,
    audience: site.id,
    currentDate: new Date(test.clock()),
  });
  const { iss, aud, exp, ...parameters } = payload;
  return { exp, parameters };
}

describe("form_post (OAuth 2.0 Form Post Response Mode)", () => {
  it("is a page that sends the response to the client", async () => {
    const answer = await issueFor(test, { response_mode: "form_post", response_type: "code id_token" });
    expect(answer.action).toBe("FORM");
    const { action, fields } = fieldsOf(contentOf(answer));
    expect(action).toBe(REDIRECT_URI);
    expect(Object.keys(fields)).toEqual(["code", "id_token", "state", "iss"]);
    expect(fields.state).toBe("the state");
  });

  it("has one script, which a policy can name by its hash, and a button for everybody else", async () => {
    const page = contentOf(await issueFor(test, { response_mode: "form_post" }));
    const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = ""]) => script);
    expect(scripts).toHaveLength(1);
    const hash = createHash("sha256")
      .update(scripts[0] ?? "")
      .digest("base64");
    expect(formPostScriptSource).toBe(`'sha256-${hash}'`);
    expect(page).not.toMatch(/\son\w+=/);
    expect(page).toContain('<button type="submit">');
    expect(page).toContain("<noscript>");
  });

  it("lets nothing out of its attribute", async () => {
    const state = `"><script>alert(1)</script>'&amp;\r\n\`=<!--`;
    const page = contentOf(await issueFor(test, { response_mode: "form_post", state }));
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(fieldsOf(page).fields.state).toBe(state);
  });

  it("carries errors too", async () => {
    const answer = await ask(test, { response_mode: "form_post", prompt: "bogus" });
    expect(answer).toMatchObject({ action: "FORM", resultCode: "A016303" });
    expect(fieldsOf(contentOf(answer)).fields).toMatchObject({ error: "invalid_request", iss: ISSUER });
  });
});

describe("signed responses (JARM)", () => {
  beforeEach(() => test.setClient(site.id, { authorizationSignAlg: "ES256" }));

  it.each([
    ["jwt", "code", "query"],
    ["query.jwt", "code", "query"],
    ["fragment.jwt", "code", "fragment"],
    ["jwt", "code token", "fragment"],
  ])("%s of %s are in the %s", async (mode, responseType, place) => {
    const answer = await issueFor(test, { response_mode: mode, response_type: responseType });
    const sent = redirect(answer);
    expect(sent).toMatchObject({ to: REDIRECT_URI, place });
    expect(Object.keys(sent.parameters)).toEqual(["response"]);
    const { exp, parameters } = await verified(sent.parameters.response);
    expect(exp).toBe(Math.floor(test.clock() / 1000) + 600);
    expect(parameters).toMatchObject({ code: expect.any(String), state: "the state" });
  });

  it("form_post.jwt is a form", async () => {
    const answer = await issueFor(test, { response_mode: "form_post.jwt" });
    expect(answer.action).toBe("FORM");
    const { fields } = fieldsOf(contentOf(answer));
    expect((await verified(fields.response)).parameters).toMatchObject({ state: "the state" });
  });

  it("carry errors, at the request and at the decision", async () => {
    const early = await ask(test, { response_mode: "jwt", prompt: "bogus" });
    expect((await verified(redirect(early).parameters.response)).parameters).toEqual({
      error: "invalid_request",
      error_description: early.resultMessage,
      error_uri: "https://docs.authlete.com/#A016303",
      state: "the state",
    });
    const ticket = await ticketFor(test, { response_mode: "jwt" });
    const late = await test.engine["auth/authorization/fail"]({ ticket, reason: "DENIED" });
    expect((await verified(redirect(late).parameters.response)).parameters).toMatchObject({
      error: "access_denied",
    });
  });

  it("live for what the service says, and are for the alias where the client uses it", async () => {
    await test.setService({ authorizationResponseDuration: 30, clientIdAliasEnabled: true });
    const response = redirect(await issueFor(test, { response_mode: "jwt" })).parameters.response;
    expect((await verified(response)).exp).toBe(Math.floor(test.clock() / 1000) + 30);
    await test.setClient(site.id, { clientIdAlias: "my-site", clientIdAliasEnabled: true });
    const named = await issueFor(test, { response_mode: "jwt", client_id: "my-site" });
    const payload = redirect(named).parameters.response?.split(".")[1] ?? "";
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({ aud: "my-site" });
  });

  it("are signed with the secret of a confidential client that wants that", async () => {
    await test.setClient(site.id, { authorizationSignAlg: "HS256" });
    const { response = "" } = redirect(await issueFor(test, { response_mode: "jwt" })).parameters;
    const { payload } = await jwtVerify(response, Buffer.from(site.secret), {
      currentDate: new Date(test.clock()),
    });
    expect(payload).toMatchObject({ state: "the state", aud: site.id });
  });

  it("are encrypted where the client has registered that", async () => {
    const pair = await generateKeyPair("ECDH-ES", { extractable: true });
    await test.setClient(site.id, {
      jwks: jwkSet({ ...(await exportJWK(pair.publicKey)), use: "enc" }),
      authorizationEncryptionAlg: "ECDH_ES",
      authorizationEncryptionEnc: "A256GCM",
    });
    const answer = await issueFor(test, { response_mode: "query.jwt", response_type: "code id_token" });
    const key = await importJWK(await exportJWK(pair.privateKey), "ECDH-ES");
    const { plaintext, protectedHeader } = await compactDecrypt(
      redirect(answer).parameters.response ?? "",
      key,
    );
    expect(protectedHeader).toMatchObject({ alg: "ECDH-ES", enc: "A256GCM", cty: "JWT" });
    expect((await verified(Buffer.from(plaintext).toString())).parameters).toHaveProperty("id_token");
  });

  it("that nobody can sign are a fault of the service: nothing is issued, and nothing sent unsigned", async () => {
    const change: Parameters = { response_mode: "jwt" };
    const ticket = await ticketFor(test, change);
    await test.setService({ jwks: jwkSet() });
    const fault = { code: "A012201", error: "server_error", action: "INTERNAL_SERVER_ERROR" };
    expectError(await leavingNothing(test, () => issue(test, ticket)), fault);
    expectError(await leavingNothing(test, () => ask(test, { ...change, prompt: "bogus" })), fault);
  });
});
