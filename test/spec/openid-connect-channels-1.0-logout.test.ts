import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { logoutFrames } from "../../src/app/_guard/logout-frames.ts";
import {
  type AuthorizationGate,
  CALLBACK,
  openAuthorizationGate,
  VERIFIER,
  type Visitor,
} from "../support/authorization-gate.ts";
import { ORIGIN } from "../support/gate.ts";

let gate: AuthorizationGate;
let receiver: Server;
let received: { path: string | undefined; type: string | undefined; form: URLSearchParams }[];
let address: string;

beforeAll(async () => {
  gate = await openAuthorizationGate();
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      const { url: path, headers } = request;
      received.push({ path, type: headers["content-type"], form: new URLSearchParams(body) });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((ready) => receiver.listen(0, "127.0.0.1", ready));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
beforeEach(() => {
  received = [];
});
afterEach(() => gate.intercept((_, send) => send()));
afterAll(async () => {
  receiver.closeAllConnections();
  await new Promise((closed) => receiver.close(closed));
  await gate.close();
});

const metadata = (members: Record<string, unknown>) => ({ customMetadata: JSON.stringify(members) });

/** Signs a person in to a client, who gets an ID token for it. */
async function idTokenOf(
  visitor: Visitor,
  client: { id: string; secret: string },
  subject?: string,
): Promise<string> {
  const { code = "" } = await visitor.agree(gate.request({ client_id: client.id }), subject);
  const { json } = await gate.token(
    { grant_type: "authorization_code", code, redirect_uri: CALLBACK, code_verifier: VERIFIER },
    client,
  );
  return String(json.id_token);
}

async function signedIn(): Promise<Visitor> {
  const visitor = gate.visitor();
  await visitor.signIn();
  return visitor;
}

const keys = () =>
  createRemoteJWKSet(new URL(`${ORIGIN}/oauth/jwks`), {
    [customFetch]: async (url) => {
      const { status, text } = await gate.send(new Request(url));
      return new Response(text, { status });
    },
  });

describe("back-channel logout (OpenID Connect Back-Channel Logout 1.0)", () => {
  it("tells the clients of the session with a token that they can verify (2.4, 2.5, 2.6)", async () => {
    const told = await gate.register(
      metadata({ backchannel_logout_uri: `${address}/told`, backchannel_logout_session_required: true }),
    );
    const untold = await gate.register({ clientName: "Untold" });
    const unused = await gate.register(metadata({ backchannel_logout_uri: `${address}/unused` }));
    const visitor = await signedIn();
    const idToken = await idTokenOf(visitor, told);
    await idTokenOf(visitor, untold);
    expect(unused.id).not.toBe(told.id);
    await visitor.ask(`/oauth/logout?${new URLSearchParams({ id_token_hint: idToken })}`);
    expect(received).toMatchObject([{ path: "/told", type: "application/x-www-form-urlencoded" }]);
    const token = received[0]?.form.get("logout_token") ?? "";
    const { payload } = await jwtVerify(token, keys(), {
      issuer: ORIGIN,
      audience: told.id,
      typ: "logout+jwt",
      currentDate: new Date(gate.clock()),
    });
    const { sid, sub } = decodeJwt(idToken);
    expect(sid).toMatch(/^[\w-]{43}$/);
    expect(payload).toMatchObject({
      sid,
      sub,
      jti: expect.any(String),
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    expect(payload).not.toHaveProperty("nonce");
  });

  it("tells them too when the person signs out by themselves, and when somebody else signs in", async () => {
    const client = await gate.register(metadata({ backchannel_logout_uri: `${address}/told` }));
    const visitor = await signedIn();
    await idTokenOf(visitor, client);
    const other = await gate.addPerson("somebody-else");
    await visitor.signIn("somebody-else");
    expect(received).toHaveLength(1);
    await idTokenOf(visitor, client, other);
    await visitor.call("session.signOut");
    expect(received).toHaveLength(2);
  });

  it("names the session alone to a client that knows its users by other names", async () => {
    const client = await gate.register({
      ...metadata({ backchannel_logout_uri: `${address}/told` }),
      subjectType: "PAIRWISE",
    });
    const visitor = await signedIn();
    const idToken = await idTokenOf(visitor, client);
    expect(decodeJwt(idToken).sub).not.toBe(await gate.subject());
    await visitor.ask(`/oauth/logout?${new URLSearchParams({ id_token_hint: idToken })}`);
    const payload = decodeJwt(received[0]?.form.get("logout_token") ?? "");
    expect(payload).toMatchObject({ sid: decodeJwt(idToken).sid });
    expect(payload).not.toHaveProperty("sub");
  });

  it("ends the session even when a client cannot be told", async () => {
    const client = await gate.register(metadata({ backchannel_logout_uri: "http://127.0.0.1:1/told" }));
    const visitor = await signedIn();
    const idToken = await idTokenOf(visitor, client);
    const answer = await visitor.ask(`/oauth/logout?${new URLSearchParams({ id_token_hint: idToken })}`);
    expect(answer.target?.pathname).toBe("/logout/done");
    expect(gate.lines.some((line) => line.includes("back_channel.failed"))).toBe(true);
    expect((await visitor.authorize(gate.request({ prompt: "none" }))).target?.href).toContain(
      "login_required",
    );
  });
});

describe("front-channel logout (OpenID Connect Front-Channel Logout 1.0)", () => {
  const frames = async (visitor: Visitor, idToken: string, more: Record<string, string> = {}) => {
    const answer = await visitor.ask(
      `/oauth/logout?${new URLSearchParams({ id_token_hint: idToken, ...more })}`,
    );
    const header = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const url = answer.target ?? new URL(ORIGIN);
    return { path: url.pathname, origins: logoutFrames(gate.services, { url, header, origin: ORIGIN }), url };
  };

  it("has the browser load the client's address on a page of ours, in the policy of that page alone", async () => {
    const client = await gate.register(
      metadata({
        frontchannel_logout_uri: "https://app.example/logout?keep=1",
        post_logout_redirect_uris: ["https://app.example/bye"],
      }),
    );
    const visitor = await signedIn();
    const idToken = await idTokenOf(visitor, client);
    const shown = await frames(visitor, idToken, { post_logout_redirect_uri: "https://app.example/bye" });
    expect(shown).toMatchObject({ path: "/logout/done", origins: ["https://app.example"] });
    const elsewhere = new URL(shown.url);
    elsewhere.pathname = "/logout";
    expect(logoutFrames(gate.services, { url: elsewhere, header: "", origin: ORIGIN })).toEqual([]);
    expect(logoutFrames(gate.services, { url: shown.url, header: "", origin: ORIGIN })).toEqual([]);
  });

  it("loads no address that runs in our page", async () => {
    const client = await gate.register(metadata({ frontchannel_logout_uri: "javascript:alert(1)" }));
    const visitor = await signedIn();
    const shown = await frames(visitor, await idTokenOf(visitor, client));
    expect(shown.origins).toEqual([]);
  });
});
