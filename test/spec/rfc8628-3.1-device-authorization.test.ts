import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { basicOf, type Provider, startProvider, webApp } from "../support/provider.ts";

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

const begin = (headers: Record<string, string> = basicOf(webApp), form = { scope: "openid profile" }) =>
  provider.ask("/oauth/device", { headers, form });
const poll = (code: unknown) =>
  provider.ask("/oauth/token", {
    headers: basicOf(webApp),
    form: { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: String(code) },
  });

describe("RFC 8628 §3.2: the answer to a device", () => {
  it("has both codes, and the address of our page, with and without the code in it", async () => {
    const { status, json, headers } = await begin();
    expect(status).toBe(200);
    expect(json).toMatchObject({
      device_code: expect.stringMatching(/^[\w-]{43}$/),
      verification_uri: `${provider.origin}/device`,
      verification_uri_complete: `${provider.origin}/device?user_code=${json.user_code}`,
      expires_in: 600,
      interval: 5,
    });
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("is a refusal for a client that does not authenticate, or may not", async () => {
    const wrong = await begin(basicOf({ ...webApp, clientSecret: "wrong" }));
    expect([wrong.status, wrong.json.error]).toEqual([401, "invalid_client"]);
    await provider.setClient({ clientId: 7002, grantTypes: ["AUTHORIZATION_CODE"] });
    const other = await begin(basicOf({ ...webApp, clientId: 7002 }));
    expect([other.status, other.json.error]).toEqual([400, "unauthorized_client"]);
    expect(other.json).not.toHaveProperty("device_code");
  });
});

describe("RFC 8628 §3.4-3.5: the device polls", () => {
  it("waits for the person, is told to be slower, and gets tokens once", async () => {
    const { json } = await begin();
    expect((await poll(json.device_code)).json.error).toBe("authorization_pending");
    expect((await poll(json.device_code)).json.error).toBe("slow_down");
    provider.wait(30);
    const completed = await provider.authlete["device/complete"]({
      userCode: String(json.user_code),
      result: "AUTHORIZED",
      subject: provider.subject,
    });
    expect(completed.action).toBe("SUCCESS");
    const { status, json: tokens } = await poll(json.device_code);
    expect(status).toBe(200);
    expect(tokens).toMatchObject({ access_token: expect.any(String), id_token: expect.any(String) });
    provider.wait(30);
    expect((await poll(json.device_code)).status).toBe(400);
  });

  it("learns that the person said no, and that time ran out", async () => {
    const { json } = await begin();
    await provider.authlete["device/complete"]({
      userCode: String(json.user_code),
      result: "ACCESS_DENIED",
    } as never);
    expect((await poll(json.device_code)).json.error).toBe("access_denied");
    const late = (await begin()).json;
    provider.wait(601);
    expect((await poll(late.device_code)).json.error).toBe("expired_token");
  });
});
