import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type AuthorizationGate,
  CALLBACK,
  openAuthorizationGate,
  ownPage,
  payloadOf,
  responseIn,
} from "../support/authorization-gate.ts";
import { ORIGIN } from "../support/gate.ts";

let gate: AuthorizationGate;

beforeEach(async () => {
  gate = await openAuthorizationGate();
});

afterEach(() => gate.close());

const pathOf = (target: URL | undefined) => target?.pathname.replace(/[\w-]{43}$/, "{handle}");

async function idTokenOf(code: string | undefined) {
  const { status, json } = await gate.redeem(code);
  expect(status).toBe(200);
  return payloadOf(json.id_token);
}

describe("OIDC Core §3.1.2.1: the authorization request", () => {
  it("the whole code flow gives an ID token of RS256 with the claims of §2, and an access token with its lifetime", async () => {
    const alice = await gate.person();
    const { code, state, iss, ...rest } = await alice.agree(gate.request());
    expect({ state, iss, rest }).toEqual({ state: "state-1", iss: ORIGIN, rest: {} });
    expect(code?.length).toBeGreaterThanOrEqual(43);
    const { json } = await gate.redeem(code);
    expect(json).toMatchObject({ token_type: "Bearer", expires_in: expect.any(Number) });
    const header = JSON.parse(Buffer.from(String(json.id_token).split(".")[0] ?? "", "base64url").toString());
    expect(header).toMatchObject({ alg: "RS256", kid: expect.any(String) });
    const now = Math.floor(gate.clock() / 1000);
    expect(payloadOf(json.id_token)).toEqual({
      iss: ORIGIN,
      sub: await gate.subject(),
      aud: [gate.clientId],
      exp: expect.any(Number),
      iat: now,
      auth_time: now,
      nonce: "nonce-1",
      acr: "urn:ticketgate:acr:password",
      amr: ["pwd"],
      ...withoutVolatile(payloadOf(json.id_token)),
    });
  });

  it("claims that were asked for by scope stay out of the ID token where there is an access token (§5.4)", async () => {
    const alice = await gate.person();
    const { code } = await alice.agree(gate.request({ scope: "openid profile email address phone" }));
    const names = Object.keys(await idTokenOf(code));
    expect(names.filter((name) => ["name", "email", "preferred_username", "address"].includes(name))).toEqual(
      [],
    );
  });

  it("GET and POST are the same", async () => {
    const visitor = gate.visitor();
    const get = await visitor.authorize(gate.request());
    const post = await visitor.ask("/oauth/authorize", { form: gate.request() });
    expect([get.status, pathOf(get.target)]).toEqual([303, "/oauth/interaction/{handle}"]);
    expect([post.status, pathOf(post.target)]).toEqual([303, "/oauth/interaction/{handle}"]);
  });

  it("a request without nonce succeeds for the code flow, and its ID token has none", async () => {
    const alice = await gate.person();
    const { code } = await alice.agree(gate.request({ nonce: undefined }));
    expect(await idTokenOf(code)).not.toHaveProperty("nonce");
  });

  it.each([
    ["display=page", { display: "page" }],
    ["display=popup", { display: "popup" }],
    ["display=touch", { display: "touch" }],
    ["display=wap", { display: "wap" }],
    ["ui_locales", { ui_locales: "se fr-CA ja" }],
    ["claims_locales", { claims_locales: "se" }],
    ["login_hint", { login_hint: "somebody@example.com" }],
    ["acr_values that nobody knows", { acr_values: "1 2" }],
    ["an unknown parameter", { extra: "foobar" }],
    ["another order of scopes", { scope: "profile openid" }],
    ["max_age that is not over", { max_age: "10000" }],
    ["essential claims", { claims: '{"userinfo":{"name":{"essential":true}}}' }],
  ])("a request with %s succeeds", async (_, changes: Record<string, string>) => {
    const alice = await gate.person();
    const { code, error } = await alice.agree(gate.request(changes));
    expect(error).toBeUndefined();
    expect((await gate.redeem(code)).status).toBe(200);
  });

  it("acr_values that are reached are told in the ID token", async () => {
    const alice = await gate.person();
    const { code } = await alice.agree(gate.request({ acr_values: "urn:ticketgate:acr:password" }));
    expect((await idTokenOf(code)).acr).toBe("urn:ticketgate:acr:password");
  });

  it("prompt=login asks again, and auth_time is that of the second sign-in", async () => {
    const alice = await gate.person();
    const first = await idTokenOf((await alice.agree(gate.request())).code);
    gate.clock.advance(5_000);
    const handle = await alice.begin(gate.request({ prompt: "login" }));
    expect(pathOf((await alice.resume(handle)).target)).toBe("/login");
    await alice.signIn();
    const second = await idTokenOf(responseIn(await alice.resume(handle)).code);
    expect(second.sub).toBe(first.sub);
    expect(Number(second.auth_time) - Number(first.auth_time)).toBe(5);
  });

  it.each(["1", "0"])(
    "max_age=%s asks again once that time is over, once, and tells auth_time",
    async (seconds) => {
      const alice = await gate.person();
      await alice.agree(gate.request());
      gate.clock.advance(2_000);
      const handle = await alice.begin(gate.request({ max_age: seconds }));
      expect(pathOf((await alice.resume(handle)).target)).toBe("/login");
      await alice.signIn();
      gate.clock.advance(60_000);
      const { auth_time } = await idTokenOf(responseIn(await alice.resume(handle)).code);
      expect(auth_time).toBe(Math.floor(gate.clock() / 1000) - 60);
    },
  );

  it("prompt=none without a session is login_required, by redirect with state and iss", async () => {
    const answer = await gate.visitor().authorize(gate.request({ prompt: "none" }));
    expect(answer.status).toBe(302);
    expect(responseIn(answer)).toMatchObject({ error: "login_required", state: "state-1", iss: ORIGIN });
  });

  it("prompt=none with a session and a grant succeeds silently, with the same sub and auth_time", async () => {
    const alice = await gate.person();
    const first = await idTokenOf((await alice.agree(gate.request())).code);
    gate.clock.advance(30_000);
    const answer = await alice.authorize(gate.request({ prompt: "none" }));
    expect(answer.status).toBe(302);
    const second = await idTokenOf(responseIn(answer).code);
    expect([second.sub, second.auth_time]).toEqual([first.sub, first.auth_time]);
  });

  it("prompt=none by POST of another site succeeds too: who is signed in is seen at the next step", async () => {
    const alice = await gate.person();
    await alice.agree(gate.request());
    const posted = await alice.ask("/oauth/authorize", { form: gate.request({ prompt: "none" }) });
    const handle = posted.target?.pathname.split("/").at(-1) ?? "";
    expect(responseIn(await alice.resume(handle)).code).toBeDefined();
    const nobody = gate.visitor();
    const asked = await nobody.ask("/oauth/authorize", { form: gate.request({ prompt: "none" }) });
    const waiting = asked.target?.pathname.split("/").at(-1) ?? "";
    expect(responseIn(await nobody.resume(waiting)).error).toBe("login_required");
  });

  it.each([
    ["nothing was granted yet", {}, "consent_required"],
    ["more is asked for than was granted", { scope: "openid profile email" }, "consent_required"],
    ["max_age is over", { max_age: "1" }, "login_required"],
    ["max_age=0", { max_age: "0" }, "login_required"],
  ])("prompt=none when %s is refused by redirect", async (name, changes: Record<string, string>, error) => {
    const alice = await gate.person();
    if (name !== "nothing was granted yet") await alice.agree(gate.request());
    gate.clock.advance(2_000);
    const answer = await alice.authorize(gate.request({ prompt: "none", ...changes }));
    expect(responseIn(answer)).toMatchObject({ error, state: "state-1", iss: ORIGIN });
  });

  it("prompt=consent asks though all of it was granted before", async () => {
    const alice = await gate.person();
    await alice.agree(gate.request());
    const handle = await alice.begin(gate.request({ prompt: "consent" }));
    expect(pathOf((await alice.resume(handle)).target)).toBe("/consent/{handle}");
  });

  it("prompt=select_account asks with whom to go on", async () => {
    const alice = await gate.person();
    await alice.agree(gate.request());
    gate.clock.advance(1_000);
    const handle = await alice.begin(gate.request({ prompt: "select_account" }));
    expect(pathOf((await alice.resume(handle)).target)).toBe("/choose-account/{handle}");
    await alice.decide(handle, "continue");
    expect(responseIn(await alice.resume(handle)).code).toBeDefined();
  });

  it("prompt=create leads to the making of an account, and comes back", async () => {
    const visitor = gate.visitor();
    const handle = await visitor.begin(gate.request({ prompt: "create", ui_locales: "ja" }));
    const { target } = await visitor.resume(handle);
    expect([target?.pathname, target?.searchParams.get("next")]).toEqual([
      "/register",
      `/oauth/interaction/${handle}`,
    ]);
    expect(target?.searchParams.get("ui_locales")).toBe("ja");
  });

  it("an essential acr that nobody reaches is refused before anybody types a password", async () => {
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ["urn:gold"] } } });
    const answer = await gate.visitor().authorize(gate.request({ claims }));
    expect([answer.status, responseIn(answer).error]).toEqual([302, "invalid_request"]);
  });

  it("whoever is signed in and has agreed before is sent straight back", async () => {
    const alice = await gate.person();
    await alice.agree(gate.request());
    const answer = await alice.authorize(gate.request({ state: "state-2" }));
    expect([answer.status, responseIn(answer)]).toEqual([
      302,
      { code: expect.any(String), state: "state-2", iss: ORIGIN },
    ]);
    expect((await gate.redeem(responseIn(answer).code)).status).toBe(200);
    const more = await alice.authorize(gate.request({ scope: "openid profile email" }));
    expect([more.status, pathOf(more.target)]).toEqual([303, "/oauth/interaction/{handle}"]);
  });

  it("a form ends at a page where its policy would hold for what follows, and at the application elsewhere", async () => {
    const alice = await gate.person();
    const sent = async (headers: HeadersInit) => {
      const handle = await alice.begin(gate.request({ prompt: "consent" }));
      const form = { decision: "allow", form_token: alice.formToken(handle, "allow", await gate.subject()) };
      const answer = await alice.send(handle, form, headers);
      expect(responseIn(answer).code).toBeDefined();
      return [answer.status, answer.headers.get("cache-control"), answer.headers.has("location")];
    };
    expect(await sent(ownPage)).toEqual([200, "no-store", false]);
    expect(await sent({ origin: ORIGIN })).toEqual([303, "no-store", true]);
  });

  it("an application of our own asks nobody, unless it wants that itself", async () => {
    const { settings } = gate.services;
    Object.assign(settings, { firstPartyClients: new Set([gate.clientId]) });
    const alice = await gate.person();
    expect(responseIn(await alice.authorize(gate.request({ prompt: "none" }))).code).toBeDefined();
    expect(responseIn(await alice.authorize(gate.request())).code).toBeDefined();
    const asking = await alice.begin(gate.request({ prompt: "consent" }));
    expect(pathOf((await alice.resume(asking)).target)).toBe("/consent/{handle}");
  });

  it("a public client on the loopback interface is asked for each time, and never silent (RFC 8252 §8.6)", async () => {
    const { id } = await gate.register({
      clientType: "PUBLIC",
      applicationType: "NATIVE",
      tokenAuthMethod: "NONE",
      redirectUris: [CALLBACK, "http://127.0.0.1/cb"],
    });
    const alice = await gate.person();
    const request = { client_id: id, redirect_uri: "http://127.0.0.1:4711/cb" };
    const first = await alice.begin(gate.request(request));
    expect((await alice.decide(first, "allow")).target?.searchParams.has("code")).toBe(true);
    const second = await alice.begin(gate.request(request));
    expect(pathOf((await alice.resume(second)).target)).toBe("/consent/{handle}");
    const silent = await alice.authorize(gate.request({ ...request, prompt: "none" }));
    expect(silent.target?.searchParams.get("error")).toBe("consent_required");
  });

  it("id_token_hint: with prompt=none the person of the hint succeeds silently, another one is login_required", async () => {
    const alice = await gate.person();
    const { json } = await gate.redeem((await alice.agree(gate.request())).code);
    const hinted = gate.request({ prompt: "none", id_token_hint: String(json.id_token) });
    expect(responseIn(await alice.authorize(hinted)).code).toBeDefined();
    const bob = gate.visitor();
    const subject = await gate.addPerson("bob");
    await bob.signIn("bob");
    await bob.agree(gate.request(), subject);
    expect(responseIn(await bob.authorize(hinted)).error).toBe("login_required");
  });

  it("id_token_hint: who is asked to sign in as one person and signs in as another ends there", async () => {
    const alice = await gate.person();
    const { json } = await gate.redeem((await alice.agree(gate.request())).code);
    await gate.addPerson("bob");
    const bob = gate.visitor();
    await bob.signIn("bob");
    gate.clock.advance(1_000);
    const handle = await bob.begin(gate.request({ id_token_hint: String(json.id_token) }));
    expect(pathOf((await bob.resume(handle)).target)).toBe("/login");
    gate.clock.advance(1_000);
    await bob.signIn("bob");
    expect(responseIn(await bob.resume(handle)).error).toBe("login_required");
  });
});

describe("Back-Channel Logout §2.1: the session that an ID token tells of", () => {
  it("is one for a client, another for another client, and none without openid", async () => {
    const alice = await gate.person();
    const other = await gate.register();
    const first = await idTokenOf((await alice.agree(gate.request())).code);
    const second = await idTokenOf((await alice.agree(gate.request())).code);
    const { code } = await alice.agree(gate.request({ client_id: other.id }));
    const foreign = payloadOf((await gate.redeem(code, {}, other)).json.id_token);
    expect(second.sid).toBe(first.sid);
    expect(first.sid).toMatch(/^[\w-]{43}$/);
    expect(foreign.sid).not.toBe(first.sid);
    await alice.agree(gate.request({ scope: "profile" }));
    expect(gate.callsOf("auth/authorization/issue").at(-1)?.request).not.toHaveProperty("sessionId");
  });

  it("goes on when the same person signs in again, and ends when another one does", async () => {
    const alice = await gate.person();
    const first = await idTokenOf((await alice.agree(gate.request())).code);
    await alice.signIn();
    const again = await idTokenOf((await alice.agree(gate.request())).code);
    expect(again.sid).toBe(first.sid);
    const bob = await gate.addPerson("bob");
    await alice.signIn("bob");
    expect(await gate.services.sessionClients.findBySid(String(first.sid))).toBeUndefined();
    const other = await idTokenOf((await alice.agree(gate.request(), bob)).code);
    expect(other.sid).not.toBe(first.sid);
  });
});

describe("OIDC Core §3.1.2.6: errors", () => {
  it("a person who denies goes back with access_denied, state and iss", async () => {
    const alice = await gate.person();
    const handle = await alice.begin(gate.request());
    const answer = await alice.decide(handle, "deny");
    expect(responseIn(answer)).toMatchObject({ error: "access_denied", state: "state-1", iss: ORIGIN });
    expect(responseIn(answer)).not.toHaveProperty("code");
  });

  it.each([
    ["a prompt that goes with no other", { prompt: "none login" }, "invalid_request"],
    ["claims that are no JSON", { claims: "{" }, "invalid_request"],
    ["a request object that is none", { request: "x" }, "invalid_request_object"],
    [
      "a request_uri that was neither pushed nor registered",
      { request_uri: "https://app.example/r.jwt" },
      "invalid_request_uri",
    ],
  ])("%s goes back by redirect", async (_, changes: Record<string, string | undefined>, error) => {
    const answer = await gate.visitor().authorize(gate.request(changes));
    expect(answer.status).toBe(302);
    expect(responseIn(answer)).toMatchObject({ error, state: "state-1", iss: ORIGIN });
  });
});

describe("RFC 9700 §2.1.2: the implicit grant", () => {
  it.each(["token", "id_token", "code token", "code id_token", "id_token token", "code id_token token"])(
    "response_type=%s is unsupported_response_type, in the fragment, without any token",
    async (type) => {
      const alice = await gate.person();
      await alice.agree(gate.request());
      const { status, target } = await alice.authorize(gate.request({ response_type: type }));
      const said = Object.fromEntries(new URLSearchParams(target?.hash.slice(1)));
      expect({ status, search: target?.search, said }).toMatchObject({
        status: 302,
        search: "",
        said: { error: "unsupported_response_type", state: "state-1", iss: ORIGIN },
      });
    },
  );
});

describe("RFC 6749 §4.1.2.1: what has no trustworthy address to go to becomes a page", () => {
  const bad: [string, (parameters: URLSearchParams) => void][] = [
    ["an unknown client", (request) => request.set("client_id", "999999")],
    ["no client", (request) => request.delete("client_id")],
    ["no response type", (request) => request.delete("response_type")],
    ["an unregistered redirect_uri", (request) => request.set("redirect_uri", "https://evil.example/")],
    [
      "a request_uri of nobody",
      (request) => request.set("request_uri", "urn:ietf:params:oauth:request_uri:x"),
    ],
    ...["client_id", "redirect_uri", "state", "scope", "nonce", "prompt", "request"].map(
      (name): [string, (parameters: URLSearchParams) => void] => [
        `the parameter ${name} twice`,
        (request) => {
          request.append(name, "a");
          request.append(name, "a");
        },
      ],
    ),
  ];

  it.each(bad)("%s: 400, an HTML page of its own, and no redirect", async (_, spoil) => {
    const parameters = gate.request();
    spoil(parameters);
    for (const answer of [
      await gate.visitor().authorize(parameters),
      await gate.visitor().ask("/oauth/authorize", { form: parameters }),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.target).toBeUndefined();
      expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("x-frame-options")).toBe("DENY");
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(answer.text).not.toContain("evil.example");
    }
  });

  it("two registered addresses and none named: a page", async () => {
    const { id } = await gate.register({ redirectUris: [CALLBACK, "https://app.example/other"] });
    const answer = await gate.visitor().authorize(gate.request({ client_id: id, redirect_uri: undefined }));
    expect([answer.status, answer.target]).toEqual([400, undefined]);
  });

  it("other methods, other types and too long a request are refused", async () => {
    const visitor = gate.visitor();
    expect((await visitor.ask("/oauth/authorize", { method: "PUT" })).status).toBe(405);
    const json = { "content-type": "application/json" };
    expect((await visitor.ask("/oauth/authorize", { method: "POST", headers: json })).status).toBe(400);
    const long = gate.request({ state: "x".repeat(70_000) });
    expect((await visitor.authorize(long)).status).toBe(400);
    expect((await visitor.ask("/oauth/authorize", { form: long })).status).toBe(400);
  });

  it("what stands in the reason is text and never markup", async () => {
    const visitor = gate.visitor();
    for (const value of ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;"]) {
      const { text } = await visitor.authorize(gate.request({ client_id: value, redirect_uri: value }));
      expect(text).not.toMatch(/<script|onerror=|<img src=x/);
    }
  });
});

describe("response_mode=form_post", () => {
  it("is a page that sends itself, under a policy that lets it do that and nothing else", async () => {
    const alice = await gate.person();
    const handle = await alice.begin(gate.request({ response_mode: "form_post" }));
    const answer = await alice.decide(handle, "allow");
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`action="${CALLBACK}"`);
    const policy = answer.headers.get("content-security-policy") ?? "";
    const { formPostScriptSource } = await import(
      "../../src/server/engine/authorization/response/form-post.ts"
    );
    expect(policy).toContain(formPostScriptSource);
    expect(policy).not.toMatch(/'unsafe-inline'|form-action/);
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  });

  it("comes at once where nobody has to be asked", async () => {
    const alice = await gate.person();
    await alice.agree(gate.request());
    const answer = await alice.authorize(gate.request({ response_mode: "form_post", prompt: "none" }));
    expect([answer.status, answer.text.includes(`action="${CALLBACK}"`)]).toEqual([200, true]);
  });
});

describe("where a decision is taken", () => {
  it("a form of another site, or of no page at all, decides nothing", async () => {
    const alice = await gate.person();
    const handle = await alice.begin(gate.request());
    const token = alice.formToken(handle, "allow", await gate.subject());
    const form = { decision: "allow", form_token: token };
    for (const headers of [
      {},
      { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      { "sec-fetch-site": "same-site", origin: "https://sibling.example" },
      { "sec-fetch-site": "none" },
      { "sec-fetch-site": "same-origin", origin: "null" },
      { origin: "https://evil.example" },
    ] as Record<string, string>[]) {
      const answer = await alice.send(handle, form, headers);
      expect([answer.status, answer.target]).toEqual([403, undefined]);
    }
    expect(responseIn(await alice.send(handle, form, ownPage)).code).toBeDefined();
  });
});

/** What changes from token to token, or is not this test's. */
function withoutVolatile(payload: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(payload).filter(([name]) =>
      ["sid", "s_hash", "at_hash", "c_hash", "rt_hash"].includes(name),
    ),
  );
}
