import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AuthorizationGate, openAuthorizationGate } from "../support/authorization-gate.ts";

const REGISTERED = "https://app.example/callback";
const WITH_QUERY = "https://app.example/cb?tenant=a";

let gate: AuthorizationGate;
let client: string;
let native: string;

beforeAll(async () => {
  gate = await openAuthorizationGate();
  client = (await gate.register({ redirectUris: [REGISTERED, WITH_QUERY] })).id;
  native = (
    await gate.register({
      clientType: "PUBLIC",
      applicationType: "NATIVE",
      tokenAuthMethod: "NONE",
      redirectUris: ["http://127.0.0.1/cb", "com.example.app:/cb"],
    })
  ).id;
});

afterAll(() => gate.close());

const authorize = (clientId: string, redirect: string, changes: Record<string, string> = {}) =>
  gate.visitor().authorize(gate.request({ client_id: clientId, redirect_uri: redirect, ...changes }));

/** Everything that is nearly the registered address, or looks to some reader as if it began with it. */
const variants = [
  "https://evil.example/callback",
  "http://app.example/callback",
  "https://app.example:8443/callback",
  "https://app.example:443/callback",
  "https://app.example./callback",
  "https://APP.example/callback",
  "HTTPS://app.example/callback",
  "https://www.app.example/callback",
  "https://app.example.evil.example/callback",
  "https://evilapp.example/callback",
  "https://app.example@evil.example/callback",
  "https://app.example:pass@evil.example/callback",
  "https://evil.example#@app.example/callback",
  "https://evil.example?@app.example/callback",
  "https://evil.example\\@app.example/callback",
  "https://evil.example/https://app.example/callback",
  "https://app.example\\.evil.example/callback",
  "https://app.example%2eevil.example/callback",
  "https://app.example%00.evil.example/callback",
  "https://аpp.example/callback",
  "https://app.example/callback/",
  "https://app.example/callback/../evil",
  "https://app.example/callback%2f..%2fevil",
  "https://app.example/./callback",
  "https://app.example//callback",
  "https://app.example/Callback",
  "https://app.example/callbac%6b",
  "https://app.example/callback;x",
  "https://app.example/callback.evil",
  "https://app.example/callback?",
  "https://app.example/callback?x=1",
  "https://app.example/callback?redirect=https://evil.example",
  "https://app.example/callback#",
  "https://app.example/callback#fragment",
  "https://app.example/callback ",
  " https://app.example/callback",
  "https://app.example/callback\t",
  "https://app.example/callback\n",
  "https://app.example/callback\r\nLocation: https://evil.example",
  "https:app.example/callback",
  "https:/app.example/callback",
  "https:///app.example/callback",
  "//app.example/callback",
  "/callback",
  "callback",
  "https://app.example",
  "https://app.example/",
  "https://app.example/cb",
  "https://app.example/cb?tenant=b",
  "https://app.example/cb?tenant=a&x=1",
  "https://app.example/cb?x=1&tenant=a",
  "https://app.example/cb?tenant=a#",
  "https://*.example/callback",
  "https://app.example/*",
  "javascript:alert(1)",
  "javascript://app.example/callback%0aalert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "about:blank",
  "com.example.app:/cb",
  "https://127.0.0.1/callback",
];

describe("RFC 9700 §4.1: redirection addresses are compared character by character", () => {
  it("there are at least 40 variants", () => {
    expect(new Set(variants).size).toBeGreaterThanOrEqual(40);
    expect(variants).not.toContain(REGISTERED);
    expect(variants).not.toContain(WITH_QUERY);
  });

  it.each(variants)("%j is refused on a page, and nobody is sent anywhere", async (redirect) => {
    for (const changes of [{}, { prompt: "none" }, { response_mode: "form_post" }] as Record<
      string,
      string
    >[]) {
      const { status, target, text, headers } = await authorize(client, redirect, changes);
      expect([status, target]).toEqual([400, undefined]);
      expect(headers.get("refresh")).toBeNull();
      expect(text).not.toContain("evil.example");
      expect(text).not.toContain("<form");
    }
  });

  it.each([REGISTERED, WITH_QUERY])("the registered address %s is where an answer goes", async (redirect) => {
    const { status, target } = await authorize(client, redirect, { prompt: "none" });
    expect(status).toBe(302);
    expect(target?.href.startsWith(redirect)).toBe(true);
    expect(target?.searchParams.get("error")).toBe("login_required");
  });

  it("RFC 8252 §7.3: of a native client only the port of a loopback address may differ", async () => {
    const allowed = await authorize(native, "http://127.0.0.1:51004/cb", { prompt: "none" });
    expect([allowed.status, allowed.target?.origin]).toEqual([302, "http://127.0.0.1:51004"]);
    const scheme = await authorize(native, "com.example.app:/cb", { prompt: "none" });
    expect([scheme.status, scheme.target?.protocol]).toEqual([302, "com.example.app:"]);
    for (const redirect of [
      "http://127.0.0.1:51004/other",
      "http://localhost:51004/cb",
      "http://127.0.0.2/cb",
      "http://127.0.0.1.evil.example/cb",
      "https://127.0.0.1/cb",
      "com.example.app:/other",
      "com.evil.app:/cb",
    ]) {
      expect((await authorize(native, redirect)).status).toBe(400);
    }
  });
});

describe("RFC 9700 §4.11: nobody is redirected who has not been asked, and the error page leads nowhere else", () => {
  it("an error that the client may hear goes to its registered address only", async () => {
    const { target } = await authorize(client, REGISTERED, { scope: "openid", prompt: "none login" });
    expect(`${target?.origin}${target?.pathname}`).toBe(REGISTERED);
  });

  it("ways on in a page of ours are this site and the registered home, over https", async () => {
    const { id } = await gate.register({ clientUri: "http://app.example/", redirectUris: [REGISTERED] });
    const visitor = gate.visitor();
    const handle = await visitor.begin(gate.request({ client_id: id }));
    await visitor.decide(handle, "deny");
    const over = await visitor.resume(handle);
    expect(
      [...over.text.matchAll(/<a[^>]*href="(?<href>[^"]*)"/g)].map(({ groups }) => groups?.href),
    ).toEqual(["/", "/"]);
  });
});
