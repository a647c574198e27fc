import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { demoAccount } from "../../src/server/account/demo-account.ts";
import { backchannelRequestsOf, decideBackchannelRequest } from "../../src/server/flow/backchannel/decide.ts";
import { basicOf, type Provider, person, startProvider, tokensOf, webApp } from "../support/provider.ts";

const GRANT = "urn:openid:params:grant-type:ciba";
type Heard = { authorization: string | undefined; type: string | undefined; body: Record<string, unknown> };

let provider: Provider;
const heard: Heard[] = [];
/** Where the client listens. */
const listening = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk) => {
    text += chunk;
  });
  request.on("end", () => {
    const { authorization, "content-type": type } = request.headers;
    heard.push({ authorization, type, body: JSON.parse(text) });
    response.writeHead(204).end();
  });
});
let endpoint: string;

beforeAll(async () => {
  await new Promise<void>((ready) => listening.listen(0, "127.0.0.1", ready));
  endpoint = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/heard`;
  provider = await startProvider();
});
beforeEach(() => provider.setClient({ bcDeliveryMode: "POLL" }));
afterEach(async () => {
  heard.length = 0;
  for (const { id } of await waiting()) await decide(id, false);
});
afterAll(async () => {
  await provider.close();
  listening.close();
});

const good = { scope: "openid email", login_hint: person.username, binding_message: "W4SCT" };
const ask = (changes: Record<string, string> = {}, headers: Record<string, string> = basicOf(webApp)) =>
  provider.ask("/oauth/ciba", { headers, form: { ...good, ...changes } });
const poll = (id: unknown) =>
  provider.ask("/oauth/token", {
    headers: basicOf(webApp),
    form: { grant_type: GRANT, auth_req_id: String(id) },
  });
const waiting = () => backchannelRequestsOf(provider.services, provider.subject);
const signedIn = (subject = provider.subject) => ({
  subject,
  username: person.username,
  name: person.name,
  authenticatedAt: 1_700_000_000_000,
  methods: ["pwd"] as const,
  sessionHash: "s",
  sessionEnd: 0,
});
const decide = (id: string, allow: boolean, subject?: string) =>
  decideBackchannelRequest(provider.services, { id, signedIn: signedIn(subject), allow });

describe("CIBA §7.3: a good request", () => {
  it("is answered with an auth_req_id, and waits for its person", async () => {
    const { status, json, headers } = await ask();
    expect(status).toBe(200);
    expect(json).toEqual({ auth_req_id: expect.any(String), expires_in: 300, interval: 5 });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(await waiting()).toEqual([
      expect.objectContaining({
        document: expect.objectContaining({
          bindingMessage: "W4SCT",
          client: expect.objectContaining({ name: webApp.clientName }),
        }),
      }),
    ]);
    expect(JSON.stringify(await waiting())).not.toContain("ticket");
  });

  it.each([
    ["an e-mail address", () => ({ login_hint: demoAccount.email ?? "" })],
    [
      "an ID token of this server",
      async () => ({ login_hint: "", id_token_hint: String((await tokensOf(provider)).json.id_token) }),
    ],
  ])("names its person with %s", async (_, changes) => {
    expect((await ask(await changes())).status).toBe(200);
    expect(await waiting()).toHaveLength(1);
  });
});

describe("CIBA §10-11: the person decides", () => {
  it("yes: the client that polls gets tokens, once, and its ID token says who was authenticated when", async () => {
    const { json } = await ask();
    expect((await poll(json.auth_req_id)).json.error).toBe("authorization_pending");
    const [request] = await waiting();
    expect(await decide(request?.id ?? "", true)).toBe(true);
    provider.wait(10);
    const { status, json: tokens } = await poll(json.auth_req_id);
    expect(status).toBe(200);
    const claims = decodeJwt(String(tokens.id_token));
    expect(claims).toMatchObject({ sub: provider.subject, auth_time: 1_700_000_000 });
    expect(claims).not.toHaveProperty("email");
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    expect((await provider.ask("/oauth/userinfo", { headers })).json.email).toBe(demoAccount.email);
    provider.wait(10);
    expect((await poll(json.auth_req_id)).status).toBe(400);
  });

  it("no: the client hears access_denied", async () => {
    const { json } = await ask();
    const [request] = await waiting();
    await decide(request?.id ?? "", false);
    expect((await poll(json.auth_req_id)).json.error).toBe("access_denied");
  });

  it("once: of many decisions the first counts; nobody else decides", async () => {
    const { json } = await ask();
    const id = (await waiting())[0]?.id ?? "";
    expect(await decide(id, true, "usr_other")).toBe(false);
    const decided = await Promise.all([decide(id, false), decide(id, true), decide(id, true)]);
    expect(decided.filter(Boolean)).toHaveLength(1);
    expect((await poll(json.auth_req_id)).status).toBeLessThan(500);
  });

  it("too late: the request is gone, and the client hears expired_token", async () => {
    const { json } = await ask();
    const id = (await waiting())[0]?.id ?? "";
    provider.wait(301);
    expect(await decide(id, true)).toBe(false);
    expect((await poll(json.auth_req_id)).json.error).toBe("expired_token");
  });
});

describe("CIBA §10.2 and §10.3: a client that listens", () => {
  const token = "client-notification-token-0123456789";

  it("hears with ping that it may ask, as who it gave the token to", async () => {
    await provider.setClient({ bcDeliveryMode: "PING", bcNotificationEndpoint: endpoint });
    const { json } = await ask({ client_notification_token: token });
    await decide((await waiting())[0]?.id ?? "", true);
    expect(heard).toEqual([
      {
        authorization: `Bearer ${token}`,
        type: "application/json",
        body: { auth_req_id: json.auth_req_id },
      },
    ]);
    expect((await poll(json.auth_req_id)).status).toBe(200);
  });

  it("gets its tokens with push", async () => {
    await provider.setClient({ bcDeliveryMode: "PUSH", bcNotificationEndpoint: endpoint });
    const { json } = await ask({ client_notification_token: token });
    await decide((await waiting())[0]?.id ?? "", true);
    expect(heard[0]?.body).toMatchObject({
      auth_req_id: json.auth_req_id,
      access_token: expect.any(String),
      id_token: expect.any(String),
    });
  });

  it("that cannot be reached holds nobody up: it is in the log, and the client can still ask", async () => {
    await provider.setClient({ bcDeliveryMode: "PING", bcNotificationEndpoint: "http://127.0.0.1:9/" });
    const { json } = await ask({ client_notification_token: token });
    expect(await decide((await waiting())[0]?.id ?? "", true)).toBe(true);
    expect(provider.lines.join("")).toContain("oauth.client_not_notified");
    expect((await poll(json.auth_req_id)).status).toBe(200);
  });
});

describe("CIBA §13: a request is refused", () => {
  it.each([
    ["about nobody who is known here", { login_hint: "nobody" }, 400, "unknown_user_id"],
    ["without a hint", { login_hint: "" }, 400, "invalid_request"],
    ["with two hints", { id_token_hint: "x" }, 400, "invalid_request"],
    [
      "with a message that nobody can compare",
      { binding_message: "x".repeat(101) },
      400,
      "invalid_binding_message",
    ],
    ["with a message that shows as another", { binding_message: "a\u202eb" }, 400, "invalid_binding_message"],
    ["without the scope openid", { scope: "email" }, 400, "invalid_scope"],
  ])("%s", async (_, changes, status, error) => {
    const refused = await ask(changes);
    expect([refused.status, refused.json.error]).toEqual([status, error]);
    expect(await waiting()).toEqual([]);
  });

  it("of a client that does not authenticate, or may not", async () => {
    const wrong = await ask({}, basicOf({ ...webApp, clientSecret: "wrong" }));
    expect([wrong.status, wrong.json.error]).toEqual([401, "invalid_client"]);
    await provider.setClient({ clientId: 7030, grantTypes: ["AUTHORIZATION_CODE"] });
    const other = await ask({}, basicOf({ ...webApp, clientId: 7030 }));
    expect([other.status, other.json.error]).toEqual([400, "unauthorized_client"]);
  });

  it("when more of them wait than a person reads: the sixth is access_denied", async () => {
    for (let count = 0; count < 5; count += 1) expect((await ask()).status).toBe(200);
    const { status, json } = await ask();
    expect([status, json.error]).toEqual([403, "access_denied"]);
    expect(await waiting()).toHaveLength(5);
  });
});

describe("CIBA §13: who learns whether somebody is known here", () => {
  it("is no client that registered itself, unless the operator lists it", async () => {
    const { json } = await provider.ask("/oauth/register", {
      json: {
        client_name: "Till",
        grant_types: [GRANT],
        response_types: [],
        backchannel_token_delivery_mode: "poll",
      },
    });
    const headers = { authorization: `Basic ${btoa(`${json.client_id}:${json.client_secret}`)}` };
    for (const login_hint of ["nobody", person.username]) {
      const refused = await ask({ scope: "openid", login_hint }, headers);
      expect([refused.status, refused.json.error]).toEqual([400, "unauthorized_client"]);
    }
    expect(await waiting()).toEqual([]);
    const { settings } = provider.services;
    const before = settings.backchannelClients;
    settings.backchannelClients = new Set([String(json.client_id)]);
    try {
      expect((await ask({ scope: "openid", login_hint: "nobody" }, headers)).json.error).toBe(
        "unknown_user_id",
      );
      expect((await ask({ scope: "openid" }, headers)).status).toBe(200);
      expect(await waiting()).toHaveLength(1);
    } finally {
      settings.backchannelClients = before;
    }
  });
});
