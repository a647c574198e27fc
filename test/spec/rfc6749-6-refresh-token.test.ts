import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isActive, refreshCall, refusal, refusedWith, signIn } from "../support/spec-requests.ts";
import { clients, type SpecServer, startSpecServer } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

describe("RFC 6749 §6: refreshing", () => {
  it.each(["basic", "post", "public"] as const)("gives %s a new pair, and ends the old one", async (name) => {
    const before = await signIn(server, clients[name]);
    const { status, json } = await server.send(refreshCall(before.refreshToken, clients[name]));
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: "Bearer", scope: "read write" });
    expect(json.access_token).not.toBe(before.accessToken);
    expect(json.refresh_token).not.toBe(before.refreshToken);
    expect(await isActive(server, before.accessToken)).toBe(false);
    expect(await isActive(server, String(json.access_token))).toBe(true);
  });

  it("narrows the scope, and the refresh token keeps what was granted", async () => {
    const { refreshToken } = await signIn(server);
    const narrowing = refreshCall(refreshToken);
    narrowing.parameters.set("scope", "read");
    const narrowed = await server.send(narrowing);
    expect(narrowed.json).toMatchObject({ scope: "read" });
    const whole = await server.send(refreshCall(String(narrowed.json.refresh_token)));
    expect(whole.json).toMatchObject({ scope: "read write" });
  });

  it("never widens it: invalid_scope, and the refresh token still works", async () => {
    const { refreshToken } = await signIn(server);
    const widening = refreshCall(refreshToken);
    widening.parameters.set("scope", "read write profile");
    expect(await refusal(server, widening)).toEqual(refusedWith(400, "invalid_scope"));
    expect((await server.send(refreshCall(refreshToken))).status).toBe(200);
  });

  it("is bound to the client: another one gets invalid_grant, and the refresh token still works", async () => {
    const { refreshToken } = await signIn(server);
    for (const thief of [clients.post, clients.public]) {
      expect(await refusal(server, refreshCall(refreshToken, thief))).toEqual(
        refusedWith(400, "invalid_grant"),
      );
    }
    expect((await server.send(refreshCall(refreshToken))).status).toBe(200);
  });

  it("takes no access token for a refresh token", async () => {
    const { accessToken } = await signIn(server);
    expect(await refusal(server, refreshCall(accessToken))).toEqual(refusedWith(400, "invalid_grant"));
  });

  it("ends with the refresh token's lifetime", async () => {
    const first = await signIn(server);
    server.wait(86_399);
    const { json, status } = await server.send(refreshCall(first.refreshToken));
    expect(status).toBe(200);
    server.wait(86_400);
    expect(await refusal(server, refreshCall(String(json.refresh_token)))).toEqual(
      refusedWith(400, "invalid_grant"),
    );
  });
});

describe("RFC 9700 §4.14: a refresh token works once", () => {
  it("used again it is invalid_grant", async () => {
    const { refreshToken } = await signIn(server, clients.public);
    expect((await server.send(refreshCall(refreshToken, clients.public))).status).toBe(200);
    expect(await refusal(server, refreshCall(refreshToken, clients.public))).toEqual(
      refusedWith(400, "invalid_grant"),
    );
  });

  it("used by ten requests at once it gives one pair", async () => {
    const { refreshToken } = await signIn(server, clients.public);
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => server.send(refreshCall(refreshToken, clients.public))),
    );
    const refused = replies.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(9);
    expect(new Set(refused.map(({ json }) => json.error))).toEqual(new Set(["invalid_grant"]));
  });
});
