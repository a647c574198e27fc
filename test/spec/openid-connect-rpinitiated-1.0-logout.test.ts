import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Answer,
  type AuthorizationGate,
  CALLBACK,
  handleOf,
  openAuthorizationGate,
  responseIn,
  VERIFIER,
  type Visitor,
} from "../support/authorization-gate.ts";
import { ORIGIN } from "../support/gate.ts";

/**
 * The modules of the conformance suite's plan for RP-Initiated Logout, by name, and what OpenID Connect RP-Initiated Logout 1.0 says
 * beyond them. The rule behind all of them: no redirect without a valid ID token and a registered address.
 */

const BYE = "https://app.example/bye?from=logout";
const DAY_MS = 86_400_000;

let gate: AuthorizationGate;
let client: string;
let other: string;

beforeAll(async () => {
  gate = await openAuthorizationGate();
  const logout = (uris: string[]) => JSON.stringify({ post_logout_redirect_uris: uris });
  client = (await gate.register({ customMetadata: logout([BYE, "javascript:alert(1)"]) })).id;
  other = (await gate.register({ clientName: "Other App", customMetadata: logout([BYE]) })).id;
});
afterAll(() => gate.close());

/** A person who is signed in at a browser, and the ID token that a client got for that. */
async function signedIn(clientId = client): Promise<{ visitor: Visitor; idToken: string }> {
  const visitor = gate.visitor();
  await visitor.signIn();
  return { visitor, idToken: await idTokenFor(visitor, clientId) };
}

async function idTokenFor(visitor: Visitor, clientId: string): Promise<string> {
  const begun = await visitor.authorize(request(clientId));
  const decided = await allowed(visitor, begun);
  const { code = "" } = responseIn(decided);
  const answer = await gate.send(
    new Request(`${ORIGIN}/oauth/token`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${btoa(`${clientId}:${await secret(clientId)}`)}`,
      },
      body: new URLSearchParams({
        grant_type: "authorization_code",
        code,
        redirect_uri: CALLBACK,
        code_verifier: VERIFIER,
      }),
    }),
  );
  return String((JSON.parse(answer.text) as { id_token?: string }).id_token);
}

async function allowed(visitor: Visitor, begun: Answer): Promise<Answer> {
  // Straight back where the person has allowed it before.
  if (begun.status !== 303) return begun;
  const handle = handleOf(begun);
  const next = await visitor.resume(handle);
  return next.target?.pathname.startsWith("/consent") ? visitor.decide(handle, "allow") : next;
}

async function secret(clientId: string): Promise<string> {
  return (await gate.services.authlete["client/get"]({ clientId })).clientSecret ?? "";
}

function request(clientId: string): URLSearchParams {
  const parameters = gate.request();
  parameters.set("client_id", clientId);
  return parameters;
}

const logOut = (visitor: Visitor, parameters: Record<string, string> = {}) =>
  visitor.ask(`/oauth/logout?${new URLSearchParams(parameters)}`);

async function isSignedIn(visitor: Visitor): Promise<boolean> {
  const parameters = request(client);
  parameters.set("prompt", "none");
  const answer = await visitor.authorize(parameters);
  return responseIn(answer).error !== "login_required";
}

/** Where a person is asked, and is as signed in as before. */
async function isAsked(visitor: Visitor, answer: Answer): Promise<boolean> {
  return answer.status === 303 && answer.target?.pathname === "/logout" && (await isSignedIn(visitor));
}

/** A page that explains, sends nobody anywhere, and ends nothing. */
async function isRefused(visitor: Visitor, answer: Answer): Promise<boolean> {
  expect(answer.text).not.toContain("app.example/bye");
  return answer.status === 400 && answer.target === undefined && (await isSignedIn(visitor));
}

describe("the plan of the conformance suite", () => {
  it("discovery-endpoint-verification: the document names the endpoint", async () => {
    const { text } = await gate.send(new Request(`${ORIGIN}/.well-known/openid-configuration`));
    expect(JSON.parse(text)).toMatchObject({ end_session_endpoint: `${ORIGIN}/oauth/logout` });
  });

  it("rp-initiated-logout: goes back with state, and prompt=none fails from then on", async () => {
    const { visitor, idToken } = await signedIn();
    expect(await isSignedIn(visitor)).toBe(true);
    const answer = await logOut(visitor, {
      id_token_hint: idToken,
      post_logout_redirect_uri: BYE,
      state: "s 1&x=é",
    });
    expect([answer.status, answer.target?.href]).toEqual([302, `${BYE}&state=s%201%26x%3D%C3%A9`]);
    expect(answer.target?.searchParams.get("state")).toBe("s 1&x=é");
    expect(await isSignedIn(visitor)).toBe(false);
  });

  it("bad-post-logout-redirect-uri", async () => {
    const { visitor, idToken } = await signedIn();
    const bad = { id_token_hint: idToken, post_logout_redirect_uri: "https://evil.example/" };
    expect(await isRefused(visitor, await logOut(visitor, bad))).toBe(true);
  });

  it("query-added-to-post-logout-redirect-uri", async () => {
    const { visitor, idToken } = await signedIn();
    const added = { id_token_hint: idToken, post_logout_redirect_uri: `${BYE}&foo=bar` };
    expect(await isRefused(visitor, await logOut(visitor, added))).toBe(true);
  });

  it("modified-id-token-hint: alg none", async () => {
    const { visitor, idToken } = await signedIn();
    const [, payload = ""] = idToken.split(".");
    const header = Buffer.from('{"alg":"none"}').toString("base64url");
    for (const unsigned of [`${header}.${payload}.`, `${header}.${payload}.e30`]) {
      const answer = await logOut(visitor, { id_token_hint: unsigned, post_logout_redirect_uri: BYE });
      expect(await isRefused(visitor, answer)).toBe(true);
    }
  });

  it("bad-id-token-hint: another signature", async () => {
    const { visitor, idToken } = await signedIn();
    const [header = "", payload = "", signature = ""] = idToken.split(".");
    const changed = Buffer.from(payload, "base64url")
      .toString()
      .replace(/"sub":"[^"]*"/, '"sub":"usr_x"');
    for (const bad of [
      `${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`,
      `${header}.${Buffer.from(changed).toString("base64url")}.${signature}`,
      "not a token",
    ]) {
      const answer = await logOut(visitor, { id_token_hint: bad, post_logout_redirect_uri: BYE });
      expect(await isRefused(visitor, answer)).toBe(true);
    }
  });

  it("no-id-token-hint: asks, and does not go back", async () => {
    const { visitor } = await signedIn();
    const answer = await logOut(visitor, { post_logout_redirect_uri: BYE, state: "s1" });
    expect(await isAsked(visitor, answer)).toBe(true);
    const named = await logOut(visitor, { post_logout_redirect_uri: BYE, client_id: client });
    expect(await isAsked(visitor, named)).toBe(true);
    const signedOut = gate.visitor();
    expect((await logOut(signedOut, { post_logout_redirect_uri: BYE })).target?.pathname).toBe(
      "/logout/done",
    );
  });

  it("no-params: asks, and says so where nobody is signed in", async () => {
    const { visitor } = await signedIn();
    expect(await isAsked(visitor, await logOut(visitor))).toBe(true);
    expect((await logOut(gate.visitor())).target?.pathname).toBe("/logout/done");
  });

  it("no-post-logout-redirect-uri: signs out and says so", async () => {
    const { visitor, idToken } = await signedIn();
    const answer = await logOut(visitor, { id_token_hint: idToken });
    expect([answer.status, answer.target?.pathname]).toEqual([303, "/logout/done"]);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  it("no-state: goes back to the very address", async () => {
    const { visitor, idToken } = await signedIn();
    const answer = await logOut(visitor, { id_token_hint: idToken, post_logout_redirect_uri: BYE });
    expect(answer.headers.get("location")).toBe(BYE);
  });

  it("only-state: asks", async () => {
    const { visitor } = await signedIn();
    expect(await isAsked(visitor, await logOut(visitor, { state: "s1" }))).toBe(true);
  });
});

describe("an ID token as a hint (section 2)", () => {
  it("may have expired", async () => {
    const visitor = gate.visitor();
    await visitor.signIn();
    const idToken = await idTokenFor(visitor, client);
    gate.clock.advance(DAY_MS / 12);
    const again = await logOut(visitor, { id_token_hint: idToken, post_logout_redirect_uri: BYE });
    expect(again.headers.get("location")).toBe(BYE);
  });

  it("of another session does not end this one without asking", async () => {
    const elsewhere = await signedIn();
    const { visitor } = await signedIn();
    const parameters = { id_token_hint: elsewhere.idToken, post_logout_redirect_uri: BYE };
    expect(await isAsked(visitor, await logOut(visitor, parameters))).toBe(true);
    expect(await isSignedIn(elsewhere.visitor)).toBe(true);
  });

  it("leads back where the session is over already", async () => {
    const { idToken } = await signedIn();
    const answer = await logOut(gate.visitor(), { id_token_hint: idToken, post_logout_redirect_uri: BYE });
    expect(answer.headers.get("location")).toBe(BYE);
  });

  it("is no other thing that this server signs, and of no other issuer", async () => {
    const { visitor, idToken } = await signedIn();
    const userinfo = idToken.split(".");
    expect(userinfo).toHaveLength(3);
    const intercepted = await withVerdict({ valid: true, signatureValid: true }, async () => {
      const typed = changed(idToken, { header: { typ: "at+jwt" } });
      const foreign = changed(idToken, { payload: { iss: "https://evil.example" } });
      const event = changed(idToken, { payload: { events: {} } });
      return Promise.all(
        [typed, foreign, event].map(
          async (token) => (await logOut(visitor, { id_token_hint: token })).status,
        ),
      );
    });
    expect(intercepted).toEqual([400, 400, 400]);
  });

  it("counts only where the engine finds its signature good", async () => {
    const { visitor, idToken } = await signedIn();
    const spoilt = { id_token_hint: idToken };
    const verdicts = [
      { valid: false, signatureValid: false },
      { valid: true },
      { valid: false, signatureValid: true, invalidClaims: ["exp", "iat"] },
      { valid: false, signatureValid: true, missingClaims: ["sub"] },
    ];
    for (const verdict of verdicts) {
      const answer = await withVerdict(verdict, () => logOut(visitor, spoilt));
      expect(answer.status).toBe(400);
    }
    expect(await isSignedIn(visitor)).toBe(true);
  });

  async function withVerdict<Result>(verdict: object, run: () => Promise<Result>): Promise<Result> {
    gate.intercept((call, send) => (call.operation === "jose/verify" ? Promise.resolve(verdict) : send()));
    return run().finally(() => gate.intercept((_, send) => send()));
  }
});

describe("the client (section 2)", () => {
  it("that is named has to be the one of the ID token", async () => {
    const { visitor, idToken } = await signedIn();
    const answer = await logOut(visitor, {
      id_token_hint: idToken,
      client_id: other,
      post_logout_redirect_uri: BYE,
    });
    expect(await isRefused(visitor, answer)).toBe(true);
    const right = await logOut(visitor, {
      id_token_hint: idToken,
      client_id: client,
      post_logout_redirect_uri: BYE,
    });
    expect(right.headers.get("location")).toBe(BYE);
  });

  it("has to be known and not locked", async () => {
    const { visitor, idToken } = await signedIn(other);
    expect(await isRefused(visitor, await logOut(visitor, { client_id: "999" }))).toBe(true);
    const lock = (clientLocked: boolean) =>
      gate.services.authlete["client/lock_flag/update"]({ clientIdentifier: other, clientLocked });
    await lock(true);
    const answer = await logOut(visitor, { id_token_hint: idToken, post_logout_redirect_uri: BYE });
    expect(answer.status).toBe(400);
    await lock(false);
  });

  it("cannot register an address that a browser would run", async () => {
    const { visitor, idToken } = await signedIn();
    const answer = await logOut(visitor, {
      id_token_hint: idToken,
      post_logout_redirect_uri: "javascript:alert(1)",
    });
    expect(await isRefused(visitor, answer)).toBe(true);
  });
});

describe("a request", () => {
  it("may be posted: by a browser that sends no cookies with what other sites post", async () => {
    const { visitor, idToken } = await signedIn();
    const form = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: BYE, state: "s1" });
    const posted = await gate.send(
      new Request(`${ORIGIN}/oauth/logout`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: form,
      }),
    );
    expect([posted.status, posted.target?.pathname]).toEqual([303, "/oauth/logout"]);
    expect(posted.target?.search).not.toContain(idToken);
    const answer = await visitor.ask(`${posted.target?.pathname}${posted.target?.search}`);
    expect(answer.headers.get("location")).toBe(`${BYE}&state=s1`);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  it.each([
    { name: "a parameter twice", query: `state=1&state=2` },
    { name: "far too long a parameter", query: `state=${"x".repeat(3000)}` },
    { name: "what was kept of another request", query: "ticketgate_request=abc" },
  ])("is refused with $name", async ({ query }) => {
    const { visitor } = await signedIn();
    expect(await isRefused(visitor, await visitor.ask(`/oauth/logout?${query}`))).toBe(true);
  });

  it.each([
    ["what means nothing here is left out", { unknown: "x".repeat(20_000) }, 303],
    ["a hint that no address can bring back is told at once", { id_token_hint: "x".repeat(12_000) }, 400],
    ["so is one that is longer than any", { id_token_hint: "x".repeat(20_000) }, 400],
  ])("that is posted comes back in an address that a browser can send: %s", async (_, parameters, status) => {
    const { visitor } = await signedIn();
    const answer = await visitor.ask("/oauth/logout", { form: new URLSearchParams(parameters) });
    expect(answer.status).toBe(status);
    expect((answer.headers.get("location") ?? "").length).toBeLessThan(12_500);
    expect(await isSignedIn(visitor)).toBe(true);
  });

  it("has no other method, and no other body than a form", async () => {
    const put = await gate.send(new Request(`${ORIGIN}/oauth/logout`, { method: "PUT" }));
    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, POST"]);
    const json = await gate.send(
      new Request(`${ORIGIN}/oauth/logout`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      }),
    );
    expect(json.status).toBe(400);
  });

  it("is answered with 503 when the engine cannot be asked, and ends nothing", async () => {
    const { visitor, idToken } = await signedIn();
    gate.intercept((call, send) => (call.operation === "jose/verify" ? Promise.reject(down()) : send()));
    const answer = await logOut(visitor, { id_token_hint: idToken });
    gate.intercept((_, send) => send());
    expect(answer.status).toBe(503);
    expect(await isSignedIn(visitor)).toBe(true);
  });

  it("is explained in the language that it asks for", async () => {
    const { visitor } = await signedIn();
    const answer = await logOut(visitor, { client_id: "999", ui_locales: "ja" });
    expect(answer.text).toContain('<html lang="ja">');
    const asked = await logOut(visitor, { ui_locales: "ja" });
    expect(asked.target?.searchParams.get("ui_locales")).toBe("ja");
  });
});

describe("signing out", () => {
  it("revokes the tokens of the session", async () => {
    const { visitor, idToken } = await signedIn();
    const before = gate.callsOf("auth/revocation").length;
    await logOut(visitor, { id_token_hint: idToken });
    expect(gate.callsOf("auth/revocation")).toHaveLength(before + 1);
    expect(visitor.cookies.get("__Host-Http-ticketgate")).toBeUndefined();
  });
});

function changed(jwt: string, { header = {}, payload = {} }: { header?: object; payload?: object }): string {
  const [head = "", body = "", signature = ""] = jwt.split(".");
  const merge = (part: string, more: object) =>
    Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(part, "base64url").toString()), ...more }),
    ).toString("base64url");
  return [merge(head, header), merge(body, payload), signature].join(".");
}

function down(): Error {
  return Object.assign(new Error("down"), { code: "EngineUnavailable", operation: "jose/verify" });
}
