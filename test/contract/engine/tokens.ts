import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { basic, clients, form } from "../../support/engine.ts";
import {
  errorOf,
  issuedFor,
  type OpenEngine,
  type ReachedEngine,
  signIn,
  tokenRequest,
} from "./served-engine.ts";

/** What callers of the engine may rely on for clients and tokens, whichever way they reach it. */
export function describeTokens(open: OpenEngine): void {
  let engine: ReachedEngine;
  beforeEach(async () => {
    engine = await open();
  });
  afterEach(() => engine.close());

  const request = (parameters: Record<string, string>, client?: { id: string; secret: string }) =>
    tokenRequest(engine, parameters, client);
  const issue = (members?: Record<string, unknown>) => issuedFor(engine, members);
  const introspect = (token: string, members: Record<string, unknown> = {}) =>
    engine.authlete["auth/introspection"]({ token, ...members });

  describe("other grants", () => {
    it("client credentials give a token without a subject", async () => {
      const answer = await request(
        { grant_type: "client_credentials", scope: "token:issue" },
        clients.backend,
      );
      if (answer.action !== "OK") return expect.fail(answer.action);
      expect(answer).toMatchObject({ resultCode: "A052001", scopes: ["token:issue"] });
      expect(answer).not.toHaveProperty("subject");
      expect(answer).not.toHaveProperty("refreshToken");
      expect(await introspect(answer.accessToken)).toMatchObject({
        action: "OK",
        grantType: "CLIENT_CREDENTIALS",
      });
    });

    it("a refresh token gives a new pair and ends the old one", async () => {
      const issued = await issue();
      const refreshed = await request({
        grant_type: "refresh_token",
        refresh_token: issued.refreshToken ?? "",
      });
      expect(refreshed).toMatchObject({ action: "OK", resultCode: "A053001", subject: "alice" });
      expect(await introspect(issued.accessToken)).toMatchObject({ action: "UNAUTHORIZED" });
      const again = await request({ grant_type: "refresh_token", refresh_token: issued.refreshToken ?? "" });
      expect(again).toMatchObject({ action: "BAD_REQUEST", resultCode: "A053305" });
      expect(errorOf(again)).toBe("invalid_grant");
    });
  });

  describe("a client that cannot prove itself", () => {
    it.each([
      ["a wrong secret", { clientId: clients.firstParty.id, clientSecret: "wrong" }, {}, "A157305"],
      ["no secret", { clientId: clients.firstParty.id }, {}, "A157304"],
      [
        "the secret in the wrong place",
        {},
        { client_id: clients.firstParty.id, client_secret: clients.firstParty.secret },
        "A157357",
      ],
    ])("gets no ticket with %s", async (_what, credentials, parameters, code) => {
      const before = engine.issued();
      const answer = await engine.authlete["auth/token"]({
        parameters: form({ ...signIn, ...parameters }),
        ...credentials,
      });
      expect(answer).toMatchObject({ action: "INVALID_CLIENT", resultCode: code });
      expect(errorOf(answer)).toBe("invalid_client");
      expect(engine.issued()).toBe(before);
      expect(await request(signIn)).toMatchObject({ action: "PASSWORD" });
    });

    it("does not send what cannot be read", async () => {
      const answers = await Promise.all(
        ["", "no-grant-type=1"].map((parameters) => engine.authlete["auth/token"]({ parameters })),
      );
      expect(answers).toMatchObject([
        { action: "BAD_REQUEST", resultCode: "A047301" },
        { action: "BAD_REQUEST", resultCode: "A049301" },
      ]);
    });
  });

  describe("introspection and revocation", () => {
    it.each([
      [{ scopes: ["email"] }, "FORBIDDEN"],
      [{ subject: "mallory" }, "FORBIDDEN"],
    ])("tells a token that does not suffice: %j", async (demand, action) => {
      const { accessToken } = await issue();
      expect(await introspect(accessToken, demand)).toMatchObject({
        action,
        usable: true,
        sufficient: false,
      });
      expect(await introspect(accessToken, { scopes: ["openid"] })).toMatchObject({
        action: "OK",
        sufficient: true,
      });
    });

    it("tells no token, an unknown one and an expired one", async () => {
      expect(await introspect("")).toMatchObject({ action: "BAD_REQUEST", resultCode: "A057301" });
      expect(await introspect("unknown")).toMatchObject({ action: "UNAUTHORIZED", existent: false });
      const { accessToken } = await issue({ accessTokenDuration: 10 });
      engine.clock.advance(10_001);
      expect(await introspect(accessToken)).toMatchObject({
        action: "UNAUTHORIZED",
        existent: true,
        usable: false,
      });
    });

    it.each(["accessToken", "refreshToken"] as const)("revoking the %s ends both", async (name) => {
      const issued = await issue();
      const revoke = (client: { id: string; secret: string }) =>
        engine.authlete["auth/revocation"]({
          parameters: form({ token: issued[name] ?? "" }),
          ...basic(client),
        });
      expect(await revoke(clients.backend)).toMatchObject({ action: "BAD_REQUEST" });
      expect(await introspect(issued.accessToken)).toMatchObject({ action: "OK" });
      expect(await revoke(clients.firstParty)).toMatchObject({ action: "OK" });
      expect(await introspect(issued.accessToken)).toMatchObject({ action: "UNAUTHORIZED" });
      const refresh = { grant_type: "refresh_token", refresh_token: issued.refreshToken ?? "" };
      expect(await request(refresh)).toMatchObject({ action: "BAD_REQUEST", resultCode: "A053305" });
      expect(await revoke(clients.firstParty)).toMatchObject({ action: "OK" });
    });
  });
}
