import { afterEach, describe, expect, it } from "vitest";
import { secretOf } from "../../support/gate.ts";
import { type Provider, startProvider } from "../../support/provider.ts";

let provider: Provider;
afterEach(() => provider.close());

const initialToken = secretOf("initial");
const open = async (env: Record<string, string> = {}) => {
  provider = await startProvider({
    env: {
      TICKETGATE_REGISTRATION: "open",
      TICKETGATE_REGISTRATIONS_PER_ADDRESS: "2",
      TICKETGATE_ADDRESS_HEADER: "x-real-ip",
      ...env,
    },
  });
};
const json = { redirect_uris: ["https://rp.example/callback"], client_name: "RP" };
const register = (headers: Record<string, string> = {}, body: unknown = json) =>
  provider.ask("/oauth/register", { json: body, headers });
const clients = async () => {
  const { totalCount } = await provider.authlete["client/get/list"]({ start: 0, end: 0 });
  return totalCount;
};
const from = (address: string) => ({ "x-real-ip": address });

describe("RFC 6585 §4: registrations by whoever it may be", () => {
  it("are so many an hour for one address, and 429 says when to come again", async () => {
    await open();
    for (const _ of [1, 2]) expect((await register(from("203.0.113.5"))).status).toBe(201);
    const before = await clients();
    const { status, json: refusal, headers } = await register(from("203.0.113.5"));
    expect([status, refusal.error]).toEqual([429, "temporarily_unavailable"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(3_500);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(await clients()).toBe(before);
    expect((await register(from("198.51.100.7"))).status).toBe(201);
  });

  it("count when they are refused, and together where no address is known", async () => {
    await open();
    for (const _ of [1, 2]) expect((await register({}, { redirect_uris: [1] })).status).toBe(400);
    expect((await register()).status).toBe(429);
    expect((await register(from("not an address"))).status).toBe(429);
  });

  it("have no limit with the initial access token, and a wrong one does not help", async () => {
    await open({ TICKETGATE_REGISTRATION_TOKEN: initialToken });
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    for (const _ of [1, 2, 3]) expect((await register(bearer(initialToken))).status).toBe(201);
    for (const _ of [1, 2]) await register(bearer("wrong"));
    expect((await register(bearer("wrong"))).status).toBe(429);
    expect((await register(bearer(initialToken))).status).toBe(201);
  });

  it("are refused as before where only the token's holders may", async () => {
    await open({ TICKETGATE_REGISTRATION: "token", TICKETGATE_REGISTRATION_TOKEN: initialToken });
    for (const _ of [1, 2, 3]) expect((await register()).status).toBe(401);
    expect((await register({ authorization: `Bearer ${initialToken}` })).status).toBe(201);
  });
});
