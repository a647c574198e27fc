import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ask,
  expectError,
  expectRedirectedError,
  leavingNothing,
  openAuthorizationEngine,
  type Parameters,
  PHONE_URI,
  phone,
  query,
  REDIRECT_URI,
  redirect,
  site,
  type TestEngine,
  waiting,
} from "./authorization-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
});
afterEach(() => test.close());

const OTHER_URI = "https://client.example/other";

/** Nobody is redirected by these. */
const unanswerable: [string, Parameters, code: string, error: string][] = [
  ["no client_id (RFC 6749 4.1.1)", { client_id: undefined }, "A010301", "invalid_request"],
  ["an empty client_id", { client_id: "" }, "A010302", "invalid_request"],
  ["two client_id (RFC 6749 3.1)", { client_id: [site.id, phone.id] }, "A010303", "invalid_request"],
  ["an unknown client", { client_id: "9999" }, "A010304", "invalid_client"],
  ["an unknown alias", { client_id: "nobody" }, "A010308", "invalid_client"],
  ["a client_id that no database may be asked for", { client_id: "a\0" }, "A010308", "invalid_client"],
  ["no response_type (RFC 6749 3.1.1)", { response_type: undefined }, "A009301", "invalid_request"],
  ["an empty response_type", { response_type: "" }, "A009302", "invalid_request"],
  ["two response_type", { response_type: ["code", "code"] }, "A009303", "invalid_request"],
  ["an unknown response_type", { response_type: "code magic" }, "A009304", "unsupported_response_type"],
  ["a response_type in capitals", { response_type: "CODE" }, "A009304", "unsupported_response_type"],
  ["two redirect_uri", { redirect_uri: [REDIRECT_URI, REDIRECT_URI] }, "A011302", "invalid_request"],
  [
    "no redirect_uri, but openid (OIDC Core 3.1.2.1)",
    { redirect_uri: undefined },
    "A011303",
    "invalid_request",
  ],
  ["an empty redirect_uri", { redirect_uri: "" }, "A011319", "invalid_request"],
  ["another redirect_uri, with openid", { redirect_uri: OTHER_URI }, "A011304", "invalid_request"],
  ["another redirect_uri", { redirect_uri: OTHER_URI, scope: "email" }, "A011317", "invalid_request"],
  ["a redirect_uri with a fragment", { redirect_uri: `${REDIRECT_URI}#f` }, "A011316", "invalid_request"],
  ["a redirect_uri that is relative", { redirect_uri: "/callback" }, "A011315", "invalid_request"],
  ["a redirect_uri of words", { redirect_uri: "https://client example/" }, "A011314", "invalid_request"],
  ["a redirect_uri of a script", { redirect_uri: "javascript:alert(1)" }, "A011314", "invalid_request"],
];

describe("the client and its redirection URI (RFC 6749 4.1.2.1)", () => {
  it.each(unanswerable)(
    "%s: refused in the body, and nobody is redirected",
    async (_what, change, code, error) => {
      expectError(await leavingNothing(test, () => ask(test, change)), { code, error });
      expect(waiting(await ask(test)).action).toBe("INTERACTION");
    },
  );

  it.each([
    ["a query that was added to", `${REDIRECT_URI}&more=1`],
    ["no query", "https://client.example/callback"],
    ["another case of the host", "https://CLIENT.example/callback?kept=1"],
    ["a port", "https://client.example:443/callback?kept=1"],
    ["a path that leads to the same", "https://client.example/./callback?kept=1"],
    ["a user in front of another host", "https://client.example@evil.example/callback?kept=1"],
    ["a longer host", "https://client.example.evil.example/callback?kept=1"],
  ])("%s is another redirect_uri: every character counts (RFC 9700 2.1)", async (_what, redirectUri) => {
    const answer = await ask(test, { redirect_uri: redirectUri });
    expectError(answer, { code: "A011304", error: "invalid_request" });
  });

  it("a locked client is refused", async () => {
    await test.setClient(site.id, { locked: true });
    expectError(await ask(test), { code: "A010307", error: "invalid_client" });
  });

  it("an alias is taken where service and client allow it", async () => {
    await test.setClient(site.id, { clientIdAlias: "my-site", clientIdAliasEnabled: true });
    expectError(await ask(test, { client_id: "my-site" }), { code: "A010309", error: "invalid_client" });
    await test.setService({ clientIdAliasEnabled: true });
    expect(waiting(await ask(test, { client_id: "my-site" }))).toMatchObject({ clientIdAliasUsed: true });
  });

  it("without parameters there is no request", async () => {
    const call = (parameters: unknown) => test.engine["auth/authorization"]({ parameters } as never);
    const action = "INTERNAL_SERVER_ERROR";
    expectError(await call(undefined), { code: "A004201", error: "server_error", action });
    expectError(await call(null), { code: "A004201", error: "server_error", action });
    expectError(await call(5), { code: "A004202", error: "server_error", action });
    expectError(await call(" "), { code: "A004301", error: "invalid_request" });
  });

  it("a request that is too large is refused, whatever it says", async () => {
    const state = "s".repeat(131_072 - query({ state: "" }).length);
    expect(waiting(await ask(test, { state })).action).toBe("INTERACTION");
    const answer = await leavingNothing(test, () => ask(test, { state: `${state}s` }));
    expectError(answer, { code: "A004304", error: "invalid_request" });
  });

  it("unknown and repeated unknown parameters are ignored (RFC 6749 3.1), and a leading question mark", async () => {
    expect(waiting(await ask(test, { unknown: ["a", "b"] })).action).toBe("INTERACTION");
    const answer = await test.engine["auth/authorization"]({ parameters: `?${query()}` });
    expect(answer.action).toBe("INTERACTION");
  });
});

describe("how many redirection URIs are registered decides whether one has to be named", () => {
  const unnamed = { redirect_uri: undefined, scope: "email" };

  it("one: it may be left out, and is used", async () => {
    const answer = await ask(test, { ...unnamed, prompt: "bogus" });
    expect(redirect(answer).to).toBe(REDIRECT_URI);
    expect(waiting(await ask(test, unnamed)).action).toBe("INTERACTION");
  });

  it("two: it has to be named", async () => {
    await test.setClient(site.id, { redirectUris: [REDIRECT_URI, OTHER_URI] });
    expectError(await ask(test, unnamed), { code: "A011313", error: "invalid_request" });
    expect(waiting(await ask(test, { redirect_uri: OTHER_URI })).action).toBe("INTERACTION");
  });

  it("none: nothing is sent anywhere, even if the request names an address (RFC 9700 2.1)", async () => {
    await test.setClient(site.id, { redirectUris: [] });
    expectError(await ask(test), { code: "A011309", error: "invalid_request" });
    expectError(await ask(test, { response_type: "token" }), { code: "A011311", error: "invalid_request" });
    await test.setClient(phone.id, { redirectUris: [] });
    const answer = await ask(test, { client_id: phone.id, redirect_uri: PHONE_URI });
    expectError(answer, { code: "A011310", error: "invalid_request" });
  });
});

describe("the type of the application and its redirection URI (OIDC Registration 2)", () => {
  it.each([
    ["http://client.example/cb", "A011305"],
    ["https://localhost/cb", "A011306"],
  ])("a web client gets no tokens at %s, but codes and errors", async (uri, code) => {
    await test.setClient(site.id, { redirectUris: [uri] });
    const answer = await leavingNothing(test, () =>
      ask(test, { redirect_uri: uri, response_type: "id_token" }),
    );
    expectRedirectedError(answer, { code, error: "invalid_request", place: "fragment", to: uri });
    expect(waiting(await ask(test, { redirect_uri: uri })).action).toBe("INTERACTION");
  });

  it.each([
    ["https://phone.example/cb", "A011307"],
    ["http://phone.example/cb", "A011308"],
  ])("a native client is not redirected to %s", async (uri, code) => {
    await test.setClient(phone.id, { redirectUris: [uri] });
    const request = { client_id: phone.id, redirect_uri: uri };
    expectError(await ask(test, request), { code, error: "invalid_request" });
    await test.setClient(phone.id, { applicationType: "WEB" });
    expect(waiting(await ask(test, request)).action).toBe("INTERACTION");
  });

  it.each([PHONE_URI, "http://localhost/cb", "http://127.0.0.1:8080/cb", "http://[::1]/cb"])(
    "a native client is redirected to %s",
    async (uri) => {
      await test.setClient(phone.id, { redirectUris: [uri] });
      expect(waiting(await ask(test, { client_id: phone.id, redirect_uri: uri })).action).toBe("INTERACTION");
    },
  );
});

describe("the port of a loopback redirection URI (RFC 8252 7.3)", () => {
  const request = (redirectUri: string) => ({ client_id: phone.id, redirect_uri: redirectUri });

  it.each(["http://127.0.0.1/cb", "http://[::1]:1/cb", "http://localhost:8080/cb?x=1"])(
    "of %s is free where the service wants that",
    async (registered) => {
      await test.setClient(phone.id, { redirectUris: [registered] });
      const given = registered.replace(/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?/, "$1:54321");
      expectError(await ask(test, request(given)), { code: "A011304", error: "invalid_request" });
      await test.setService({ loopbackRedirectionUriVariable: true });
      const answer = await ask(test, { ...request(given), prompt: "bogus" });
      expect((answer as { responseContent: string }).responseContent.startsWith(given)).toBe(true);
    },
  );

  it.each([
    ["another path", "http://127.0.0.1:5/other"],
    ["another loopback host", "http://localhost:5/cb"],
    ["a host behind a user", "http://127.0.0.1:5@evil.example/cb"],
    ["a host that begins like it", "http://127.0.0.1.evil.example/cb"],
    ["a port that is none", "http://127.0.0.1:99999/cb"],
    ["another scheme", "https://127.0.0.1:5/cb"],
  ])("does not make %s the same", async (_what, given) => {
    await test.setService({ loopbackRedirectionUriVariable: true });
    await test.setClient(phone.id, { redirectUris: ["http://127.0.0.1/cb"] });
    const answer = await ask(test, request(given));
    expect(answer.action).toBe("BAD_REQUEST");
  });

  it.each([
    ["http://127.0.0.1/cb", "WEB"],
    ["http://[::1]/cb", "WEB"],
    ["http://localhost/cb", "WEB"],
    ["http://127.0.0.1/cb", undefined],
  ] as const)(
    "of %s is not free where the client is no native one: %s",
    async (registered, applicationType) => {
      await test.setService({ loopbackRedirectionUriVariable: true });
      await test.setClient(phone.id, { redirectUris: [registered], applicationType });
      const given = registered.replace(/\/cb$/, ":54321/cb");
      const answer = await leavingNothing(test, () => ask(test, request(given)));
      expectError(answer, { code: "A011304", error: "invalid_request" });
      expect(waiting(await ask(test, request(registered))).action).toBe("INTERACTION");
    },
  );

  it("is not free anywhere else", async () => {
    await test.setService({ loopbackRedirectionUriVariable: true });
    const answer = await ask(test, { redirect_uri: "https://client.example:5/callback?kept=1" });
    expectError(answer, { code: "A011304", error: "invalid_request" });
  });
});

describe("the response type is known, and still not to be had", () => {
  it("because the service does not support it", async () => {
    await test.setService({ supportedResponseTypes: ["CODE"] });
    const answer = await leavingNothing(test, () => ask(test, { response_type: "token id_token" }));
    expectRedirectedError(answer, { code: "A009305", error: "unsupported_response_type", place: "fragment" });
  });

  it("because the client has not declared it", async () => {
    await test.setClient(site.id, { responseTypes: ["TOKEN"] });
    expectRedirectedError(await ask(test), { code: "A009306", error: "unauthorized_client" });
  });

  it("and that comes before what it would do at this address", async () => {
    await test.setService({ supportedResponseTypes: ["CODE"] });
    const to = "http://localhost:3001/cb";
    await test.setClient(site.id, { redirectUris: [to] });
    const answer = await ask(test, { redirect_uri: to, response_type: "token" });
    const error = "unsupported_response_type";
    expectRedirectedError(answer, { code: "A009305", error, place: "fragment", to });
  });

  it("where nobody lists anything it is the code that is meant", async () => {
    await test.setService({ supportedResponseTypes: undefined });
    await test.setClient(site.id, { responseTypes: undefined });
    expect(waiting(await ask(test)).action).toBe("INTERACTION");
    const answer = await ask(test, { response_type: "token" });
    expectRedirectedError(answer, { code: "A009305", error: "unsupported_response_type", place: "fragment" });
    await test.setService({ supportedResponseTypes: [] });
    expectRedirectedError(await ask(test), { code: "A009305", error: "unsupported_response_type" });
  });

  it("the order of its parts does not matter (RFC 6749 3.1.1)", async () => {
    const answer = await ask(test, { response_type: "token id_token code" });
    expect(waiting(answer).action).toBe("INTERACTION");
  });
});

describe("response modes", () => {
  const signed = { authorizationSignAlg: "ES256" as const };
  const spoiled: [string, Parameters, object, code: string, place: "query" | "fragment"][] = [
    ["an unknown one", { response_mode: "pigeon" }, {}, "A012303", "query"],
    ["two of them", { response_mode: ["query", "query"] }, {}, "A012302", "query"],
    ["query for tokens", { response_mode: "query", response_type: "token" }, {}, "A012304", "fragment"],
    ["a JWT without an algorithm", { response_mode: "jwt" }, {}, "A012305", "query"],
    [
      "a JWT with the algorithm none",
      { response_mode: "jwt" },
      { authorizationSignAlg: "NONE" },
      "A012306",
      "query",
    ],
    [
      "query.jwt for tokens",
      { response_mode: "query.jwt", response_type: "token" },
      signed,
      "A012309",
      "fragment",
    ],
    ["one not declared", { response_mode: "fragment" }, { responseModes: ["QUERY"] }, "A012310", "query"],
    ["a default that is not declared", {}, { responseModes: ["FORM_POST"] }, "A012310", "query"],
  ];

  it.each(spoiled)("%s is refused in the default mode", async (_what, change, client, code, place) => {
    await test.setClient(site.id, client);
    const answer = await leavingNothing(test, () => ask(test, change));
    expectRedirectedError(answer, { code, error: "invalid_request", place });
  });

  it.each([
    ["query", {}],
    ["fragment", {}],
    ["form_post", {}],
    ["fragment", { responseModes: ["FRAGMENT"] }],
    ["jwt", { ...signed, responseModes: ["JWT"] }],
    ["jwt", { ...signed, responseModes: ["QUERY_JWT"] }],
    ["query.jwt", signed],
    ["fragment.jwt", signed],
    ["form_post.jwt", signed],
  ])("%s is taken", async (mode, client) => {
    await test.setClient(site.id, client as object);
    expect(waiting(await ask(test, { response_mode: mode })).action).toBe("INTERACTION");
  });

  it("the response of a public client is not signed with a secret", async () => {
    await test.setClient(phone.id, { authorizationSignAlg: "HS256", clientSecret: site.secret });
    const request = { client_id: phone.id, redirect_uri: PHONE_URI, response_mode: "jwt" };
    const answer = await ask(test, request);
    expect(answer).toMatchObject({ action: "LOCATION", resultCode: "A012307" });
    await test.setClient(phone.id, { authorizationSignAlg: "ES256" });
    expect(waiting(await ask(test, request)).action).toBe("INTERACTION");
  });
});
