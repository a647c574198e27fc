import { decodeProtectedHeader, exportJWK, generateKeyPair, type JWK, jwtVerify } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { createNotices } from "../../../src/server/back-channel/notices.ts";
import type { LogFields } from "../../../src/server/log.ts";
import type { Notice } from "../../../src/server/session/logout-notices.ts";
import { random } from "../../contract/store/store-factory.ts";

const ISSUER = "https://gate.example";
const NOW = Date.UTC(2026, 0, 1);
const URI = "https://shop.example/logout";

let keys: (JWK & { kty: string })[];
let publicKeys: Awaited<ReturnType<typeof generateKeyPair>>[];

beforeAll(async () => {
  publicKeys = await Promise.all(
    ["RS256", "ES256"].map((alg) => generateKeyPair(alg, { extractable: true })),
  );
  keys = await Promise.all(
    publicKeys.map(async ({ privateKey }, index) => ({
      ...((await exportJWK(privateKey)) as JWK & { kty: string }),
      alg: ["RS256", "ES256"][index] as string,
      kid: `key-${index}`,
    })),
  );
});

type Sent = { url: string; address: string; form: URLSearchParams };

function sender(
  options: { status?: number; addresses?: string[]; allowPrivateAddresses?: boolean; never?: boolean } = {},
) {
  const sent: Sent[] = [];
  const log: { level: string; event: string; fields: LogFields }[] = [];
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      log.push({ level, event, fields });
  const send = createNotices({
    authlete: { "service/jwks/get": async () => ({ keys: keys as never }) },
    clock: () => NOW,
    random,
    log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } as never,
    resolve: async () => options.addresses ?? ["93.184.216.34"],
    request: async (url, address, _signal, form) => {
      sent.push({ url: url.href, address, form: new URLSearchParams(form?.body) });
      if (options.never) await new Promise(() => {});
      return { status: options.status ?? 200, body: (async function* () {})(), close: async () => {} };
    },
    allowPrivateAddresses: options.allowPrivateAddresses ?? false,
    timeoutMs: 50,
  });
  return { send, sent, log };
}

const notice = (changes: Partial<Notice> = {}): Notice => ({
  client: { clientId: 5001, clientSecret: "s".repeat(43) },
  uri: URI,
  issuer: ISSUER,
  audience: "5001",
  subject: "usr_1",
  sid: "sid-1",
  ...changes,
});

describe("a logout token (OpenID Connect Back-Channel Logout 1.0)", () => {
  const tokenFor = async (changes: Partial<Notice> = {}) => {
    const { send, sent } = sender();
    await send([notice(changes)]);
    return sent[0]?.form.get("logout_token") ?? "";
  };
  const verified = (token: string, index: number) =>
    jwtVerify(token, publicKeys[index]?.publicKey as CryptoKey, { currentDate: new Date(NOW) });

  it("says what section 2.4 asks for, and nothing that an ID token says", async () => {
    const token = await tokenFor();
    const { payload } = await verified(token, 0);
    expect(payload).toEqual({
      iss: ISSUER,
      aud: "5001",
      sub: "usr_1",
      sid: "sid-1",
      iat: NOW / 1000,
      exp: NOW / 1000 + 120,
      jti: expect.stringMatching(/^[\w-]{22}$/),
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    expect(decodeProtectedHeader(token)).toEqual({ alg: "RS256", typ: "logout+jwt", kid: "key-0" });
  });

  it("is signed as the client's ID tokens are, and never with none", async () => {
    await verified(await tokenFor({ client: { clientId: 1, idTokenSignAlg: "ES256" } }), 1);
    await verified(await tokenFor({ client: { clientId: 1, idTokenSignAlg: "NONE" } }), 0);
    const symmetric = await tokenFor({
      client: { clientId: 1, idTokenSignAlg: "HS256", clientSecret: "s".repeat(43) },
    });
    await jwtVerify(symmetric, new TextEncoder().encode("s".repeat(43)), { currentDate: new Date(NOW) });
  });

  it("names the session alone where the client knows its users by other names", async () => {
    const { payload } = await verified(await tokenFor({ subject: undefined }), 0);
    expect(payload).toMatchObject({ sid: "sid-1" });
    expect(payload).not.toHaveProperty("sub");
  });

  it("is another one each time", async () => {
    const { send, sent } = sender();
    await send([notice(), notice()]);
    const ids = await Promise.all(
      sent.map(async ({ form }) => (await verified(form.get("logout_token") ?? "", 0)).payload.jti),
    );
    expect(new Set(ids).size).toBe(2);
  });
});

describe("sending logout tokens", () => {
  it("posts a form to the address that was checked, and notes it", async () => {
    const { send, sent, log } = sender();
    await send([notice()]);
    expect(sent).toMatchObject([{ url: URI, address: "93.184.216.34" }]);
    expect([...(sent[0]?.form.keys() ?? [])]).toEqual(["logout_token"]);
    expect(log).toMatchObject([{ level: "info", event: "audit.client_told_of_logout" }]);
    expect(JSON.stringify(log)).not.toContain(sent[0]?.form.get("logout_token"));
  });

  it.each([
    { name: "plain http", options: {}, uri: "http://shop.example/logout" },
    { name: "a private address", options: { addresses: ["10.0.0.1"] }, uri: URI },
    { name: "one private address of two", options: { addresses: ["93.184.216.34", "127.0.0.1"] }, uri: URI },
    { name: "credentials", options: {}, uri: "https://user:pass@shop.example/" },
    { name: "no web address", options: {}, uri: "file:///etc/passwd" },
  ])("sends nothing to $name", async ({ options, uri }) => {
    const { send, sent, log } = sender(options);
    await send([notice({ uri })]);
    expect(sent).toEqual([]);
    expect(log).toMatchObject([{ level: "error", event: "back_channel.failed" }]);
  });

  it("sends to this machine in development", async () => {
    const { send, sent } = sender({ addresses: ["127.0.0.1"], allowPrivateAddresses: true });
    await send([notice({ uri: "http://localhost:4000/logout" })]);
    expect(sent).toHaveLength(1);
  });

  it("waits for nobody for ever, and one client does not keep the others from hearing", async () => {
    const slow = sender({ never: true });
    await slow.send([notice()]);
    expect(slow.log).toMatchObject([{ event: "back_channel.failed" }]);
    const { send, sent, log } = sender();
    await send([notice({ uri: "http://bad.example/" }), notice()]);
    expect(sent).toHaveLength(1);
    expect(log.map(({ event }) => event).toSorted()).toEqual([
      "audit.client_told_of_logout",
      "back_channel.failed",
    ]);
  });

  it.each([302, 400, 500])("notes a client that says no: %s", async (status) => {
    const { send, log } = sender({ status });
    await send([notice()]);
    expect(log).toMatchObject([{ level: "warn", event: "back_channel.refused", fields: { status } }]);
  });

  it("sends nothing that it has no key for", async () => {
    const { send, sent, log } = sender();
    await send([notice({ client: { clientId: 1, idTokenSignAlg: "PS256" } })]);
    expect(sent).toEqual([]);
    expect(log).toMatchObject([{ event: "back_channel.failed" }]);
  });

  it("does not send to more than fifty clients", async () => {
    const { send, sent, log } = sender();
    await send(Array.from({ length: 52 }, () => notice()));
    expect(sent).toHaveLength(50);
    expect(log[0]).toMatchObject({ event: "back_channel.too_many_clients", fields: { left: 2 } });
  });
});
