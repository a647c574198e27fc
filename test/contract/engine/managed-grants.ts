import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { introspect, issueCode, redeem, refresh, ticketOf, tokensOf } from "../acceptance/code-flow.ts";
import { type Stage, setStage } from "../acceptance/stage.ts";
import type { OpenEngine, ReachedEngine } from "./served-engine.ts";

const MANAGING = "grant_management_query grant_management_revoke";

/** What a grant management endpoint may rely on (Grant Management for OAuth 2.0). */
export function describeManagedGrants(open: OpenEngine): void {
  let engine: ReachedEngine;
  let stage: Stage;
  beforeAll(async () => {
    engine = await open();
    const names = ["openid", "profile", ...MANAGING.split(" ")];
    stage = await setStage(engine, {
      service: {
        grantManagementEndpoint: "https://as.example/grants",
        supportedScopes: names.map((name) => ({ name })),
      },
    });
  });
  afterAll(() => engine.close());

  const create = { grant_management_action: "create", scope: `profile ${MANAGING}` };
  const managed = async (from = stage) => {
    const tokens = await tokensOf(from, { parameters: create });
    const { grantId } = tokens;
    return grantId === undefined ? expect.fail("no grant") : { ...tokens, grantId };
  };
  const gm = (gmAction: "QUERY" | "REVOKE", request: { accessToken?: string; grantId?: string }) =>
    engine.authlete.gm({ gmAction, ...request } as never);

  describe("a managed grant", () => {
    it("is shown to its client, and ends with all that came of it", async () => {
      const { accessToken, refreshToken, grantId } = await managed();
      const shown = await gm("QUERY", { accessToken, grantId });
      if (shown.action !== "OK") return expect.fail(`not shown: ${shown.resultMessage}`);
      expect(JSON.parse(shown.responseContent)).toEqual({ scopes: [{ scope: create.scope }] });
      expect(await gm("REVOKE", { accessToken, grantId })).toMatchObject({ action: "NO_CONTENT" });
      expect(await introspect(stage, accessToken)).toMatchObject({ action: "UNAUTHORIZED" });
      expect(await refresh(stage, refreshToken)).toMatchObject({ action: "BAD_REQUEST" });
      const next = await managed();
      expect(await gm("QUERY", { accessToken: next.accessToken, grantId })).toMatchObject({
        action: "NOT_FOUND",
        resultCode: "A283301",
      });
    });

    it("is not there for another client, which ends nothing", async () => {
      const own = await managed();
      const other = await managed({ ...(await setStage(engine, { service: stage.settings })) });
      const { grantId } = own;
      for (const action of ["QUERY", "REVOKE"] as const) {
        const answer = await gm(action, { accessToken: other.accessToken, grantId });
        expect(answer).toMatchObject({ action: "NOT_FOUND", resultCode: "A283301" });
        expect(answer).toEqual(await gm(action, { accessToken: other.accessToken, grantId: "unknown" }));
      }
      expect(await gm("QUERY", { accessToken: own.accessToken, grantId })).toMatchObject({ action: "OK" });
    });

    it("needs a token with the scope for what is done", async () => {
      const { grantId, accessToken } = await managed();
      const plain = await tokensOf(stage, { parameters: { scope: "profile grant_management_query" } });
      expect(await gm("REVOKE", { accessToken: plain.accessToken, grantId })).toMatchObject({
        action: "FORBIDDEN",
      });
      expect(await gm("QUERY", { accessToken: "unknown", grantId })).toMatchObject({
        action: "UNAUTHORIZED",
        resultCode: "A279306",
      });
      expect(await gm("QUERY", { accessToken, grantId })).toMatchObject({ action: "OK" });
    });

    it("that ends takes the codes with it that were issued for it", async () => {
      const { grantId, accessToken } = await managed();
      const merge = { grant_management_action: "merge", grant_id: grantId, scope: "openid" };
      const { code } = await issueCode(stage, await ticketOf(stage, merge), { subject: "acceptance-user" });
      expect(await gm("REVOKE", { accessToken, grantId })).toMatchObject({ action: "NO_CONTENT" });
      const before = engine.issued();
      expect(await redeem(stage, code)).toMatchObject({ action: "BAD_REQUEST", resultCode: "A050305" });
      expect(engine.issued()).toBe(before);
    });
  });
}
