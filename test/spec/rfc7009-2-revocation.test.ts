import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  introspectionCall,
  isActive,
  isUncached,
  refreshCall,
  refusal,
  refusedWith,
  revocationCall,
  signIn,
} from "../support/spec-requests.ts";
import { clients, type SpecServer, startSpecServer } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

describe("RFC 7009 §2.1: a revoked token", () => {
  it.each(["accessToken", "refreshToken"] as const)(
    "(%s) ends, and so does the other of its pair",
    async (kind) => {
      const tokens = await signIn(server);
      expect(await isActive(server, tokens.accessToken)).toBe(true);
      const { status, text, headers } = await server.send(revocationCall(tokens[kind]));
      expect(status).toBe(200);
      expect(text).toBe("");
      expect(isUncached(headers)).toBe(true);
      expect((await server.send(introspectionCall(tokens.accessToken))).json).toEqual({ active: false });
      expect(await refusal(server, refreshCall(tokens.refreshToken))).toEqual(
        refusedWith(400, "invalid_grant"),
      );
    },
  );

  it.each(["access_token", "refresh_token", "nonsense"])(
    "is found whatever the hint says: %s",
    async (hint) => {
      const { accessToken } = await signIn(server);
      const call = revocationCall(accessToken);
      call.parameters.set("token_type_hint", hint);
      expect((await server.send(call)).status).toBe(200);
      expect(await isActive(server, accessToken)).toBe(false);
    },
  );

  it("can be one of a public client, which says who it is", async () => {
    const { accessToken } = await signIn(server, clients.public);
    expect((await server.send(revocationCall(accessToken, clients.public))).status).toBe(200);
    expect(await isActive(server, accessToken)).toBe(false);
  });

  it("of another client is refused, and lives on", async () => {
    const { accessToken } = await signIn(server);
    for (const other of [clients.post, clients.public]) {
      const reply = await refusal(server, revocationCall(accessToken, other));
      expect(reply).toMatchObject({ status: 400, faults: [] });
    }
    expect(await isActive(server, accessToken)).toBe(true);
  });
});

describe("RFC 7009 §2.2", () => {
  it("an unknown token, or one that was revoked already, is 200", async () => {
    expect((await server.send(revocationCall("nonsense"))).status).toBe(200);
    const { accessToken } = await signIn(server);
    await server.send(revocationCall(accessToken));
    expect((await server.send(revocationCall(accessToken))).status).toBe(200);
  });

  it("a request without a token is invalid_request", async () => {
    const missing = revocationCall("x");
    missing.parameters.delete("token");
    expect(await refusal(server, missing)).toEqual(refusedWith(400, "invalid_request"));
    expect(await refusal(server, revocationCall(""))).toEqual(refusedWith(400, "invalid_request"));
  });

  it("a request of nobody is refused, and the token lives on", async () => {
    const { accessToken } = await signIn(server);
    const call = revocationCall(accessToken);
    call.headers.delete("authorization");
    expect(await refusal(server, call)).toMatchObject({ faults: [] });
    expect(await isActive(server, accessToken)).toBe(true);
  });
});
