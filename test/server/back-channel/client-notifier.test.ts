import { describe, expect, it } from "vitest";
import { createClientNotifier } from "../../../src/server/back-channel/client-notifier.ts";
import type { SentBody } from "../../../src/server/jwks/pinned-request.ts";

const notification = {
  endpoint: "https://client.example/cb",
  token: "client-token",
  content: '{"auth_req_id":"r"}',
};

function notifier({ addresses = ["93.184.216.34"], status = 204, allowPrivateAddresses = false } = {}) {
  const sent: { url: string; address: string; body: SentBody | undefined }[] = [];
  const notify = createClientNotifier({
    resolve: async () => addresses,
    request: async (url, address, _signal, body) => {
      sent.push({ url: url.href, address, body });
      return { status, body: (async function* () {})(), close: async () => {} };
    },
    allowPrivateAddresses,
  });
  return { notify, sent };
}

describe("a notification to a client (CIBA Core 10.2)", () => {
  it("is JSON, with the client's own token as bearer, to the address that was checked", async () => {
    const { notify, sent } = notifier();
    await notify(notification);
    expect(sent).toEqual([
      {
        url: notification.endpoint,
        address: "93.184.216.34",
        body: {
          type: "application/json",
          body: notification.content,
          authorization: "Bearer client-token",
        },
      },
    ]);
  });

  it.each([
    ["a private address", {}, ["10.0.0.1"]],
    ["this machine", {}, ["127.0.0.1"]],
    ["one address that is private beside others", {}, ["93.184.216.34", "169.254.169.254"]],
    ["an address without TLS", { endpoint: "http://client.example/cb" }, ["93.184.216.34"]],
    ["an address with credentials", { endpoint: "https://a:b@client.example/" }, ["93.184.216.34"]],
    ["something else than the web", { endpoint: "file:///etc/passwd" }, ["93.184.216.34"]],
  ])("is not sent to %s", async (_, changes, addresses) => {
    const { notify, sent } = notifier({ addresses });
    await expect(notify({ ...notification, ...changes })).rejects.toThrow();
    expect(sent).toEqual([]);
  });

  it.each([301, 400, 500])("is not taken as heard when the client answers %i", async (status) => {
    await expect(notifier({ status }).notify(notification)).rejects.toThrow(String(status));
  });

  it("goes to this machine in development", async () => {
    const { notify, sent } = notifier({ addresses: ["127.0.0.1"], allowPrivateAddresses: true });
    await notify({ ...notification, endpoint: "http://localhost:3000/cb" });
    expect(sent).toHaveLength(1);
  });
});
