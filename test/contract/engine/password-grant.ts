import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clients, jwtParts } from "../../support/engine.ts";
import {
  issuedFor,
  type OpenEngine,
  type ReachedEngine,
  signIn,
  ticketOf,
  tokenRequest,
} from "./served-engine.ts";

/** What callers of the engine may rely on from a password to tokens, whichever way they reach it. */
export function describePasswordGrant(open: OpenEngine): void {
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

  describe("a password grant", () => {
    it("goes from parameters to a ticket, to tokens, to a resource", async () => {
      expect(await request(signIn)).toMatchObject({
        action: "PASSWORD",
        resultCode: "A051001",
        username: "alice",
        password: "wonderland",
        ticket: expect.stringMatching(/^[\w-]{43}$/),
        clientId: Number(clients.firstParty.id),
        scopes: ["openid", "profile"],
      });
      const issued = await issue({ properties: [{ key: "tier", value: "gold", hidden: true }] });
      expect(issued).toMatchObject({
        resultCode: "A054001",
        subject: "alice",
        scopes: ["openid", "profile"],
      });
      expect(JSON.parse(issued.responseContent)).toMatchObject({
        access_token: issued.accessToken,
        refresh_token: issued.refreshToken,
        token_type: "Bearer",
      });
      expect(await introspect(issued.accessToken, { scopes: ["profile"], subject: "alice" })).toMatchObject({
        action: "OK",
        subject: "alice",
        existent: true,
        usable: true,
        sufficient: true,
        expiresAt: issued.accessTokenExpiresAt,
        properties: [{ key: "tier", value: "gold", hidden: true }],
      });
    });

    it("spends a ticket once, however many ask at the same time", async () => {
      const ticket = await ticketOf(engine);
      const before = engine.issued();
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => engine.authlete["auth/token/issue"]({ ticket, subject: "alice" })),
      );
      const winners = answers.filter(({ action }) => action === "OK");
      const codes = answers.filter(({ action }) => action !== "OK").map(({ resultCode }) => resultCode);
      expect(winners).toHaveLength(1);
      expect(codes.filter((code) => code === "A061301" || code === "A055202")).toHaveLength(11);
      expect(engine.issued() - before).toBe(1);
    });

    it.each([
      [{ ticket: "" }, "A055201"],
      [{ ticket: "never-issued" }, "A055202"],
      [{ subject: "" }, "A111201"],
      [{ subject: "x".repeat(101) }, "A111202"],
      [{ subject: "ünal" }, "A111203"],
      [{ jwtAtClaims: "[]" }, "A061202"],
      [{ properties: [{ key: "k", value: "v".repeat(65_535) }] }, "A061201"],
    ])("issues nothing for %j and leaves a good ticket as it was", async (wrong, code) => {
      const ticket = await ticketOf(engine);
      const before = engine.issued();
      const answer = await engine.authlete["auth/token/issue"]({ ticket, subject: "alice", ...wrong });
      expect(answer).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: code });
      expect(engine.issued()).toBe(before);
      expect(await engine.authlete["auth/token/issue"]({ ticket, subject: "alice" })).toMatchObject({
        action: "OK",
      });
    });

    it.each([
      ["INVALID_RESOURCE_OWNER_CREDENTIALS", "A067301"],
      ["UNKNOWN", "A067302"],
      ["INVALID_TARGET", "A067303"],
    ] as const)("ends with the reason %s, and its ticket with it", async (reason, code) => {
      const ticket = await ticketOf(engine);
      const before = engine.issued();
      const fail = () => engine.authlete["auth/token/fail"]({ ticket, reason });
      expect(await fail()).toMatchObject({ action: "BAD_REQUEST", resultCode: code });
      expect(await fail()).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: "A063202" });
      expect(await engine.authlete["auth/token/issue"]({ ticket, subject: "alice" })).toMatchObject({
        action: "INTERNAL_SERVER_ERROR",
        resultCode: "A055202",
      });
      expect(engine.issued()).toBe(before);
    });
  });

  describe("what a caller chooses for a token", () => {
    it("is its value, its lifetime, its claims and its properties", async () => {
      await engine.setService({ accessTokenSignAlg: "ES256" });
      const accessToken = "chosen-by-the-caller-0123456789-abcdefghij";
      const issued = await issue({
        accessToken,
        accessTokenDuration: 60,
        refreshTokenDuration: 120,
        jwtAtClaims: JSON.stringify({ tenant: { id: 7 } }),
        properties: [{ key: "shown", value: "yes" }],
      });
      expect(issued).toMatchObject({ accessToken, accessTokenDuration: 60, refreshTokenDuration: 120 });
      const { header, payload } = jwtParts(issued.jwtAccessToken ?? "");
      expect(header).toMatchObject({ typ: "at+jwt", alg: "ES256" });
      expect(payload).toMatchObject({ jti: accessToken, sub: "alice", tenant: { id: 7 }, shown: "yes" });
      expect(JSON.parse(issued.responseContent)).toMatchObject({ access_token: issued.jwtAccessToken });
      for (const value of [accessToken, issued.jwtAccessToken ?? ""]) {
        expect(await introspect(value)).toMatchObject({ action: "OK", subject: "alice" });
      }
    });

    it("counts as absent when it is null or zero, as some SDKs write it", async () => {
      const issued = await issue({
        accessToken: null,
        jwtAtClaims: null,
        properties: null,
        accessTokenDuration: 0,
        refreshTokenDuration: -1,
      });
      expect(issued).toMatchObject({
        accessTokenDuration: 3600,
        accessToken: expect.stringMatching(/^[\w-]{43}$/),
      });
      expect(issued).not.toHaveProperty("properties");
    });
  });
}
