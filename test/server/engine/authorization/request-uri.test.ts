import { createHash } from "node:crypto";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { jwkSet, type Keys, makeKeys, unsigned } from "../../../support/jwt.ts";
import {
  ask,
  expectError,
  expectRedirectedError,
  leavingNothing,
  openAuthorizationEngine,
  type Parameters,
  phone,
  query,
  queryOf,
  site,
  type TestEngine,
  waiting,
} from "./authorization-flow.ts";
import { type Json, payloadFor, signedRequest } from "./signed-request.ts";

const URI = "https://client.example/request.jwt?a=1";
const error = "invalid_request_uri";

let test: TestEngine;
let keys: Keys;
beforeAll(async () => {
  keys = await makeKeys("ES256", "k1");
});
beforeEach(async () => {
  test = await openAuthorizationEngine();
  await test.setClient(site.id, { jwks: jwkSet(keys.jwk), requestUris: ["https://client.example/r", URI] });
  test.published.set(URI, await signed());
});
afterEach(() => test.close());

const signed = (change: Json = {}) => signedRequest(test, keys, change);
const hashOf = (text: string) => createHash("sha256").update(text).digest("base64url");

/** The answer to a request with nothing but its client and where its request object is (RFC 9101 5). */
const refer = (request_uri: string, beside: Parameters = {}) =>
  test.engine["auth/authorization"]({ parameters: queryOf({ client_id: site.id, request_uri, ...beside }) });

/** Lets a request by reference be refused with nothing left of it, and then the good one pass. */
async function refuses(refused: () => ReturnType<typeof refer>, code: string, told = error) {
  expectError(await leavingNothing(test, refused), { code, error: told });
  test.published.set(URI, await signed());
  expect(waiting(await refer(URI)).action).toBe("INTERACTION");
}

describe("a request object by reference (RFC 9101 5.2, OIDC Core 6.2)", () => {
  it("is the whole request; what stands beside it does not count", async () => {
    test.published.set(URI, await signed({ max_age: 60, login_hint: "alice" }));
    const answer = waiting(await refer(URI, { scope: "profile", login_hint: "bob", state: "other" }));
    expect(answer).toMatchObject({ maxAge: 60, loginHint: "alice" });
    expect(answer.scopes?.map(({ name }) => name)).toEqual(["openid", "email"]);
    expect(JSON.parse(answer.requestObjectPayload ?? "")).toMatchObject({ client_id: site.id, max_age: 60 });
    expect(test.published.asked).toEqual([{ uri: URI, fresh: false }]);
  });

  it("may have white space around it", async () => {
    test.published.set(URI, `\n ${await signed()}\r\n`);
    expect(waiting(await refer(URI)).action).toBe("INTERACTION");
  });

  it("is read anew for each request", async () => {
    expect(waiting(await refer(URI)).maxAge).toBe(0);
    test.published.set(URI, await signed({ max_age: 5 }));
    expect(waiting(await refer(URI)).maxAge).toBe(5);
  });

  it.each([
    ["another path", "https://client.example/other.jwt"],
    ["another query", "https://client.example/request.jwt?a=2"],
    ["no query", "https://client.example/request.jwt"],
    ["more of a query", `${URI}&b=1`],
    ["another case", "https://client.example/Request.jwt?a=1"],
    ["a host in capitals", "https://CLIENT.example/request.jwt?a=1"],
    ["a port", "https://client.example:443/request.jwt?a=1"],
    ["dots", "https://client.example/./request.jwt?a=1"],
    ["no TLS", "http://client.example/request.jwt?a=1"],
    ["credentials", "https://a:b@client.example/request.jwt?a=1"],
    ["another scheme", "file:///etc/passwd"],
    ["a name", "urn:example:request"],
    ["no URI", "request"],
    ["white space", ` ${URI}`],
    ["more than 512 characters", `${URI}#${"a".repeat(512)}`],
  ])("at an address that is not registered is not asked for: %s", async (_, uri) => {
    test.published.set(uri, await signed());
    expectError(await leavingNothing(test, () => refer(uri)), { code: "A902331", error });
    expect(test.published.asked).toEqual([]);
    expect(waiting(await refer(URI)).action).toBe("INTERACTION");
  });

  it("of a client without addresses, or at one of another client, is not asked for", async () => {
    await test.setClient(phone.id, { requestUris: [] });
    expectError(await refer(URI, { client_id: phone.id }), { code: "A902331", error });
    await test.setClient(phone.id, { requestUris: ["https://phone.example/r"] });
    expectError(await refer("https://phone.example/r"), { code: "A902331", error });
    expect(test.published.asked).toEqual([]);
  });

  it("that cannot be read is refused", async () => {
    await refuses(() => {
      test.published.set(URI, undefined);
      return refer(URI);
    }, "A902332");
  });

  it("is refused by redirect where parameters beside it show a way back", async () => {
    const unknown = await ask(test, { request_uri: "https://client.example/other.jwt" });
    expectRedirectedError(unknown, { code: "A902331", error });
    test.published.set(URI, undefined);
    expectRedirectedError(await ask(test, { request_uri: URI }), { code: "A902332", error });
    const foreign = await ask(test, { request_uri: URI, redirect_uri: "https://evil.example/" });
    expectError(foreign, { code: "A902332", error });
  });

  it("beside one by value is refused, and not asked for", async () => {
    await refuses(async () => refer(URI, { request: await signed() }), "A008304", "invalid_request");
    expect(test.published.asked).toHaveLength(1);
    const twice = await test.engine["auth/authorization"]({ parameters: query({ request_uri: [URI, URI] }) });
    expect(twice).toMatchObject({ action: "BAD_REQUEST", resultCode: "A008302" });
  });

  it.each<[string, Json, string]>([
    ["a request inside", { request: "x" }, "A006308"],
    ["a request_uri inside", { request_uri: URI }, "A006312"],
    ["another client inside", { client_id: phone.id }, "A005391"],
    ["no client inside", { client_id: undefined }, "A005391"],
    ["another issuer", { iss: phone.id }, "A006367"],
    ["another audience", { aud: "https://other.example" }, "A006359"],
    ["an exp that has passed", { exp: 1 }, "A006339"],
    ["an nbf to come", { nbf: 4_000_000_000 }, "A006347"],
  ])("is judged as one by value: %s", async (_, change, code) => {
    const text = await signed(change);
    await refuses(
      () => {
        test.published.set(URI, text);
        return refer(URI);
      },
      code,
      "invalid_request_object",
    );
  });

  it("has to be signed by the client, with the algorithm that it registered", async () => {
    const other = await makeKeys("ES256", "k1");
    const forged = await signedRequest(test, other);
    for (const [text, code] of [
      [forged, "A005328"],
      [unsigned({ alg: "none" }, payloadFor(test)), "A008311"],
      ["no.jwt", "A005301"],
    ] as const) {
      test.published.set(URI, text);
      expectError(await refer(URI), { code, error: "invalid_request_object" });
    }
    test.published.set(URI, await signed());
    await test.setClient(site.id, { requestSignAlg: "PS256" });
    expectError(await refer(URI), { code: "A005336", error: "invalid_request_object" });
  });

  it("may be unsigned where OIDC Core 6.1 is followed, and lets what is beside it count", async () => {
    await test.setService({ traditionalRequestObjectProcessingApplied: true });
    test.published.set(URI, unsigned({ alg: "none" }, { max_age: 5 }));
    expect(waiting(await ask(test, { request_uri: URI, login_hint: "bob" }))).toMatchObject({
      maxAge: 5,
      loginHint: "bob",
    });
  });

  it("meets a demand for request objects, and none for pushed requests", async () => {
    await test.setClient(site.id, { requestObjectRequired: true });
    expect(waiting(await refer(URI)).action).toBe("INTERACTION");
    await test.setClient(site.id, { parRequired: true });
    expectError(await refer(URI), { code: "A008307", error: "invalid_request" });
    await test.setClient(site.id, { parRequired: false });
    await test.setService({ parRequired: true });
    expectError(await refer(URI), { code: "A008308", error: "invalid_request" });
    expect(test.published.asked).toHaveLength(1);
  });

  it("is not pushed (RFC 9126 2.1)", async () => {
    const push = (parameters: string) =>
      test.engine.pushed_auth_req({ parameters, clientId: site.id, clientSecret: site.secret });
    expect(await push(query({ request_uri: URI }))).toMatchObject({
      action: "BAD_REQUEST",
      resultCode: "A248301",
    });
    expect(test.published.asked).toEqual([]);
    expect((await push(query())).action).toBe("CREATED");
  });
});

describe("the fragment of a request_uri (OIDC Core 6.2)", () => {
  it("is the hash of the document", async () => {
    const text = `${await signed()}\n`;
    test.published.set(URI, text);
    expect(waiting(await refer(`${URI}#${hashOf(text)}`)).action).toBe("INTERACTION");
    expect(test.published.asked.map(({ uri }) => uri)).toEqual([URI]);
  });

  it.each([
    ["of another document", hashOf("other")],
    ["without end", hashOf("other").slice(0, 10)],
    ["of nothing", ""],
    ["that is none", "a-b"],
  ])("%s is refused", async (_, fragment) => {
    await refuses(() => refer(`${URI}#${fragment}`), "A902333");
  });

  it("in hexadecimal or with padding is another one", async () => {
    const text = await signed();
    test.published.set(URI, text);
    const digest = createHash("sha256").update(text).digest();
    for (const fragment of [digest.toString("hex"), digest.toString("base64")]) {
      expectError(await refer(`${URI}#${fragment}`), { code: "A902333", error });
    }
    expect(waiting(await refer(`${URI}#${digest.toString("base64url")}`)).action).toBe("INTERACTION");
  });

  it("that was registered is a name: no document was there yet", async () => {
    await test.setClient(site.id, { requestUris: [`${URI}#${hashOf("made before")}`] });
    expect(waiting(await refer(`${URI}#${hashOf("made before")}`)).action).toBe("INTERACTION");
    expect(waiting(await refer(URI)).action).toBe("INTERACTION");
    const later = hashOf(await currentText());
    expect(waiting(await refer(`${URI}#${later}`)).action).toBe("INTERACTION");
    expectError(await refer(`${URI}#${hashOf("other")}`), { code: "A902333", error });
  });
});

/** What stands at the address now. */
async function currentText(): Promise<string> {
  const text = await signed();
  test.published.set(URI, text);
  return text;
}
