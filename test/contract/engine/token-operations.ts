import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../src/server/secret/hash.ts";
import { basic, clients, form } from "../../support/engine.ts";
import { issuedFor, type OpenEngine, type ReachedEngine } from "./served-engine.ts";

const CALLERS = 16;

/** What the operator of a service may rely on when it makes, changes and ends tokens itself. */
export function describeTokenOperations(open: OpenEngine): void {
  let engine: ReachedEngine;
  beforeEach(async () => {
    engine = await open();
  });
  afterEach(() => engine.close());

  const clientId = Number(clients.firstParty.id);
  const create = async (more: object = {}) => {
    const answer = await engine.authlete["auth/token/create"]({
      grantType: "AUTHORIZATION_CODE",
      clientId,
      subject: "alice",
      scopes: ["profile"],
      ...more,
    });
    return answer.action === "OK" ? answer : expect.fail(`nothing created: ${answer.resultMessage}`);
  };
  const introspect = (token: string) => engine.authlete["auth/introspection"]({ token });
  const refresh = (refreshToken = "") =>
    engine.authlete["auth/token"]({
      parameters: form({ grant_type: "refresh_token", refresh_token: refreshToken }),
      ...basic(clients.firstParty),
    });

  describe("a token that is made by the API", () => {
    it("is as good as any other", async () => {
      const token = await create({ properties: [{ key: "tier", value: "göld" }], accessTokenDuration: 60 });
      expect(token).toMatchObject({ resultCode: "A109001", subject: "alice", scopes: ["profile"] });
      expect(await introspect(token.accessToken)).toMatchObject({
        action: "OK",
        subject: "alice",
        properties: [{ key: "tier", value: "göld" }],
      });
      expect(await refresh(token.refreshToken)).toMatchObject({ action: "OK" });
    });

    it("has the value that is chosen, once", async () => {
      const accessToken = "chosen-by-the-operator-0123456789";
      const calls = Array.from({ length: CALLERS }, () =>
        engine.authlete["auth/token/create"]({
          grantType: "CLIENT_CREDENTIALS",
          clientId,
          accessToken,
        }),
      );
      const actions = (await Promise.all(calls)).map(({ action }) => action);
      expect(actions.filter((action) => action === "OK")).toHaveLength(1);
    });

    it("is not made for a scope that is not registered, or a client that there is not", async () => {
      const before = engine.issued();
      for (const more of [{ scopes: ["never-registered"] }, { clientId: 999 }, { grantType: undefined }]) {
        const answer = await engine.authlete["auth/token/create"]({
          grantType: "AUTHORIZATION_CODE",
          clientId,
          subject: "alice",
          ...more,
        } as never);
        expect(answer.action).not.toBe("OK");
      }
      expect(engine.issued()).toBe(before);
    });
  });

  describe("a token that was issued", () => {
    it("is changed, and every change lasts", async () => {
      const { accessToken } = await create();
      const change = (more: object) => engine.authlete["auth/token/update"]({ accessToken, ...more });
      const answers = await Promise.all([
        change({ scopes: ["email"] }),
        change({ properties: [{ key: "a", value: "1" }] }),
        change({ accessTokenExpiresAt: engine.clock() + 10_000 }),
      ]);
      for (const answer of answers) expect(answer).toMatchObject({ action: "OK" });
      expect(await introspect(accessToken)).toMatchObject({
        scopes: ["email"],
        properties: [{ key: "a", value: "1" }],
        expiresAt: engine.clock() + 10_000,
      });
    });

    it("is listed by its hash alone", async () => {
      const { accessToken, refreshToken = "" } = await issuedFor(engine);
      await issuedFor(engine, {}, clients.backend);
      const list = (request: object) => engine.authlete["auth/token/get/list"](request);
      const all = await list({});
      expect(all).toMatchObject({ start: 0, end: 5, totalCount: 2 });
      const own = await list({ clientIdentifier: clients.firstParty.id, subject: "alice" });
      expect(own).toMatchObject({
        totalCount: 1,
        accessTokens: [{ accessTokenHash: hashOf(accessToken), refreshTokenHash: hashOf(refreshToken) }],
      });
      for (const token of [accessToken, refreshToken]) expect(JSON.stringify(all)).not.toContain(token);
      expect(await list({ subject: "b\0b" })).toMatchObject({ totalCount: 0 });
    });

    it("is ended by its value, by its hash, or with all others of its client", async () => {
      const [first, second, third, fourth] = [await create(), await create(), await create(), await create()];
      await engine.authlete["auth/token/delete"]({ accessTokenIdentifier: first.accessToken });
      await engine.authlete["auth/token/revoke"]({ accessTokenIdentifier: hashOf(second.accessToken) });
      await engine.authlete["auth/token/revoke"]({ refreshTokenIdentifier: third.refreshToken });
      const ended = [first, second, third];
      for (const { accessToken, refreshToken } of ended) {
        expect(await introspect(accessToken)).toMatchObject({ action: "UNAUTHORIZED" });
        expect(await refresh(refreshToken)).toMatchObject({ action: "BAD_REQUEST" });
      }
      expect(await introspect(fourth.accessToken)).toMatchObject({ action: "OK" });
      const revoke = () =>
        engine.authlete["auth/token/revoke"]({
          clientIdentifier: clients.firstParty.id,
          subject: "alice",
        });
      expect(await revoke()).toMatchObject({ count: 1 });
      expect(await revoke()).toMatchObject({ count: 0 });
    });
  });
}
