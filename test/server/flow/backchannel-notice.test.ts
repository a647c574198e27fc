import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backchannelRequestsOf } from "../../../src/server/flow/backchannel/decide.ts";
import { type AuthorizationGate, openAuthorizationGate } from "../../support/authorization-gate.ts";
import { demo, ORIGIN } from "../../support/gate.ts";
import { alice, mailsOf } from "./account/people.ts";

let gate: AuthorizationGate;
let client: { id: string; secret: string };

async function open(options: Parameters<typeof openAuthorizationGate>[0] = {}) {
  gate = await openAuthorizationGate(options);
  client = await gate.register({
    clientName: "Call Centre",
    grantTypes: ["CIBA"],
    bcDeliveryMode: "POLL",
    bcUserCodeRequired: false,
  });
}
beforeEach(() => open());
afterEach(() => gate.close());

async function ask(changes: Record<string, string> = {}, secret = client.secret) {
  const answer = await gate.send(
    new Request(`${ORIGIN}/oauth/ciba`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${btoa(`${client.id}:${secret}`)}`,
      },
      body: new URLSearchParams({
        scope: "openid",
        login_hint: demo.username,
        binding_message: "W4SCT",
        ...changes,
      }),
    }),
  );
  return { status: answer.status, json: JSON.parse(answer.text) as Record<string, unknown> };
}
const waiting = async () => backchannelRequestsOf(gate.services, await gate.subject());
const settled = () => new Promise((later) => setTimeout(later, 20));

describe("CIBA §8: the person of a request", () => {
  it("is told by mail who asks, with its message, and where to decide", async () => {
    expect((await ask()).status).toBe(200);
    const [mail] = await mailsOf(gate);
    expect(mail).toMatchObject({ to: alice.email, subject: "Something waits for you at Ticketgate" });
    for (const part of ["“Call Centre”", "“W4SCT”", `\n${ORIGIN}/ciba\n`]) expect(mail?.text).toContain(part);
  });

  it("is told in the language of their account", async () => {
    const { accounts } = gate.services.store;
    const account = await accounts.findBySubject(await gate.subject());
    if (!account) throw new Error("no account");
    vi.spyOn(accounts, "findBySubject").mockResolvedValue({ ...account, claims: { locale: "ja-JP" } });
    await ask();
    const [mail] = await mailsOf(gate);
    expect(mail?.html).toContain('<html lang="ja">');
    expect(mail?.text).toContain("「Call Centre」");
  });

  it("gets no link of the client's", async () => {
    await ask({ binding_message: "Go to https://evil.example/ now" });
    const [mail] = await mailsOf(gate);
    expect(mail?.text).not.toMatch(/evil\.example|https:\/\/evil/);
    expect(mail?.html.match(/<a /g)).toHaveLength(1);
  });

  it("gets no mail to an address that may be somebody else's, and the request waits", async () => {
    const { accounts } = gate.services.store;
    const account = await accounts.findBySubject(await gate.subject());
    if (!account) throw new Error("no account");
    vi.spyOn(accounts, "findBySubject").mockResolvedValue({ ...account, emailVerified: false });
    expect((await ask()).status).toBe(200);
    await settled();
    expect(gate.services.mailbox?.mails()).toEqual([]);
    expect(await waiting()).toHaveLength(1);
  });

  it("gets no mail for a request that is refused", async () => {
    expect((await ask({}, "wrong")).status).toBe(401);
    expect((await ask({ binding_message: "a\u202eb" })).json.error).toBe("invalid_binding_message");
    await settled();
    expect(gate.services.mailbox?.mails()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  it("gets so many mails an hour, counted apart from those that they ask for", async () => {
    await gate.close();
    const consume = vi.fn(async () => 60);
    await open({ overrides: { attempts: { consume, clear: async () => {} } } });
    expect((await ask()).status).toBe(200);
    await settled();
    expect(consume).toHaveBeenCalledWith({ username: `backchannel ${alice.email}`, address: undefined });
    expect(gate.services.mailbox?.mails()).toEqual([]);
    expect(await waiting()).toHaveLength(1);
  });

  it("is asked all the same when no mail can be written or sent", async () => {
    vi.spyOn(gate.services.store.accounts, "findBySubject").mockRejectedValueOnce(new Error("no table"));
    expect((await ask()).status).toBe(200);
    expect(gate.lines.join("")).toContain("mail.not_sent");
    await gate.close();
    await open({ env: { NODE_ENV: "production" } });
    expect((await ask()).status).toBe(200);
    expect(await waiting()).toHaveLength(1);
  });
});
