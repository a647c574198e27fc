import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Provider, type ProviderCall, startProvider } from "../support/provider.ts";

let provider: Provider;
let path: string;
let registered: Record<string, unknown>;
beforeAll(async () => {
  provider = await startProvider();
});
beforeEach(async () => {
  const json = { redirect_uris: ["https://rp.example/callback"], client_name: "RP" };
  registered = (await provider.ask("/oauth/register", { json })).json;
  path = new URL(String(registered.registration_client_uri)).pathname;
});
afterAll(() => provider.close());

const manage = (method: string, call: ProviderCall = {}) =>
  provider.ask(path, {
    method,
    headers: { authorization: `Bearer ${registered.registration_access_token}` },
    ...call,
  });

const changed = () => {
  const {
    registration_access_token: _t,
    registration_client_uri: _u,
    client_id_issued_at: _i,
    client_secret_expires_at: _e,
    ...metadata
  } = registered;
  return { ...metadata, client_name: "Changed" };
};

describe("RFC 7592 §2: a client and its registration", () => {
  it("it reads it", async () => {
    const { status, json } = await manage("GET");
    expect(status).toBe(200);
    expect(json).toMatchObject({ client_id: registered.client_id, client_name: "RP" });
  });

  it("it replaces it", async () => {
    const { status, json } = await manage("PUT", { json: changed() });
    expect(status).toBe(200);
    expect(json.client_name).toBe("Changed");
    expect((await manage("GET")).json.client_name).toBe("Changed");
  });

  it("it ends it: 204, and from then on its token opens nothing", async () => {
    const { status, text } = await manage("DELETE");
    expect([status, text]).toEqual([204, ""]);
    expect((await manage("GET")).status).toBe(401);
  });

  it.each(["GET", "PUT", "DELETE"])("%s with the token of another client is 401", async (method) => {
    const json = { redirect_uris: ["https://other.example/callback"] };
    const other = (await provider.ask("/oauth/register", { json })).json;
    const headers = { authorization: `Bearer ${other.registration_access_token}` };
    const answer = await manage(method, { headers, ...(method === "PUT" && { json: changed() }) });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    expect((await manage("GET")).json.client_name).toBe("RP");
  });

  it("without a token it is 401, and a client that never registered itself looks the same", async () => {
    expect((await manage("GET", { headers: {} })).status).toBe(401);
    const headers = { authorization: "Bearer x" };
    const known = await provider.ask("/oauth/register/7001", { headers });
    const unknown = await provider.ask("/oauth/register/999999", { headers });
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
  });

  it("it does not become another client, nor choose a secret", async () => {
    for (const wrong of [{ client_id: "7001" }, { client_secret: "chosen".repeat(8) }]) {
      const { status } = await manage("PUT", { json: { ...changed(), ...wrong } });
      expect(status).toBe(400);
    }
  });

  it.each(["POST", "PATCH"])("%s is no method of it", async (method) => {
    expect((await manage(method)).headers.get("allow")).toBe("GET, PUT, DELETE");
  });

  it("a path that is no client's is none", async () => {
    for (const name of ["a%2Fb", "..%2Fx", "x/y"]) {
      expect(
        (await provider.ask(`/oauth/register/${name}`, { headers: { authorization: "Bearer x" } })).status,
      ).toBe(404);
    }
  });
});
