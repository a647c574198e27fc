import { describe, expect, it } from "vitest";
import { introspect, issuedIn, refresh, revoke, SUBJECT, tokensOf } from "./code-flow.ts";
import { expectRefusal } from "./refused.ts";
import type { OpenService } from "./service.ts";
import { useStage } from "./stage.ts";

/** Refresh tokens (RFC 6749 6): issued, exchanged, revoked, and absent. */
export function describeRefreshToken(open: OpenService): void {
  describe("refresh tokens", () => {
    describe("of a service with the grant type", () => {
      const stage = useStage(open);

      it("are issued with a code's access token", async () => {
        const tokens = await tokensOf(stage());
        expect(tokens.refreshToken).toMatch(/^\S{20,}$/);
        expect(JSON.parse(tokens.responseContent)).toMatchObject({ refresh_token: tokens.refreshToken });
      });

      it("are exchanged for a new pair that takes the old one's place", async () => {
        const old = await tokensOf(stage(), { parameters: { scope: "profile email" } });
        const fresh = issuedIn(await refresh(stage(), old.refreshToken));
        expect(fresh).toMatchObject({ grantType: "REFRESH_TOKEN", subject: SUBJECT });
        expect(await introspect(stage(), fresh.accessToken)).toMatchObject({
          action: "OK",
          subject: SUBJECT,
          scopes: expect.arrayContaining(["profile", "email"]),
        });
        expectRefusal(await introspect(stage(), old.accessToken), "UNAUTHORIZED", "invalid_token");
        expectRefusal(await refresh(stage(), old.refreshToken), "BAD_REQUEST", "invalid_grant");
      });

      it("yield fewer scopes where the client wants, and never more", async () => {
        const tokens = await tokensOf(stage(), { parameters: { scope: "profile email" } });
        const wider = await refresh(stage(), tokens.refreshToken, { scope: "profile openid" });
        expectRefusal(wider, "BAD_REQUEST", "invalid_scope");
        const narrower = issuedIn(await refresh(stage(), tokens.refreshToken, { scope: "email" }));
        expect(narrower.scopes).toEqual(["email"]);
      });

      it("are revoked, and their access tokens with them", async () => {
        const tokens = await tokensOf(stage());
        expect(await revoke(stage(), tokens.refreshToken ?? "")).toMatchObject({ action: "OK" });
        expectRefusal(await refresh(stage(), tokens.refreshToken), "BAD_REQUEST", "invalid_grant");
        expectRefusal(await introspect(stage(), tokens.accessToken), "UNAUTHORIZED", "invalid_token");
      });
    });

    describe("of a service without the grant type", () => {
      const stage = useStage(open, { service: { supportedGrantTypes: ["AUTHORIZATION_CODE"] } });

      it("are not issued", async () => {
        const tokens = await tokensOf(stage());
        expect(tokens).not.toHaveProperty("refreshToken");
        expect(JSON.parse(tokens.responseContent)).not.toHaveProperty("refresh_token");
      });

      it("are not taken", async () => {
        expectRefusal(await refresh(stage(), "any-token"), "BAD_REQUEST", "unsupported_grant_type");
      });
    });
  });
}
