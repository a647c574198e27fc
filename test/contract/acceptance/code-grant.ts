import { describe, expect, it } from "vitest";
import {
  authorize,
  codeOf,
  introspect,
  issueCode,
  redeem,
  revoke,
  STATE,
  SUBJECT,
  ticketOf,
  tokensOf,
} from "./code-flow.ts";
import { expectRefusal } from "./refused.ts";
import type { OpenService } from "./service.ts";
import { REDIRECT_URI, useStage } from "./stage.ts";

/** The authorization code grant (RFC 6749 4.1), from the request to the token's end. */
export function describeCodeGrant(open: OpenService): void {
  describe("code grant", () => {
    const stage = useStage(open);

    it("goes from a request to a code, to a token, to its revocation", async () => {
      const { code, location } = await issueCode(stage(), await ticketOf(stage()));
      expect(`${location.origin}${location.pathname}`).toBe(REDIRECT_URI);
      expect(Object.fromEntries(location.searchParams)).toEqual({
        code,
        state: STATE,
        iss: stage().settings.issuer,
      });
      const issued = await redeem(stage(), code);
      if (issued.action !== "OK") return expect.fail(`nothing issued: ${issued.resultMessage}`);
      expect(issued).toMatchObject({ subject: SUBJECT, grantType: "AUTHORIZATION_CODE" });
      expect(JSON.parse(issued.responseContent)).toMatchObject({
        access_token: issued.accessToken,
        token_type: "Bearer",
        expires_in: 600,
      });
      expect(await introspect(stage(), issued.accessToken)).toMatchObject({ action: "OK", subject: SUBJECT });
      expect(await revoke(stage(), issued.accessToken)).toMatchObject({ action: "OK" });
      expectRefusal(await introspect(stage(), issued.accessToken), "UNAUTHORIZED", "invalid_token");
    });

    it("redeems a code once", async () => {
      const code = await codeOf(stage());
      expect(await redeem(stage(), code)).toMatchObject({ action: "OK" });
      expectRefusal(await redeem(stage(), code), "BAD_REQUEST", "invalid_grant");
    });

    it("redeems a code for its own redirect URI alone, and forgives the mistake", async () => {
      const code = await codeOf(stage());
      const elsewhere = { redirect_uri: "https://client.example/elsewhere" };
      expectRefusal(await redeem(stage(), code, { parameters: elsewhere }), "BAD_REQUEST", "invalid_grant");
      expect(await redeem(stage(), code)).toMatchObject({ action: "OK" });
    });

    it("redeems a code for an authenticated client alone", async () => {
      const code = await codeOf(stage());
      const wrong = await redeem(stage(), code, { clientSecret: "wrong" });
      expectRefusal(wrong, "INVALID_CLIENT", "invalid_client");
      expect(await redeem(stage(), code)).toMatchObject({ action: "OK" });
    });

    it("redirects to no address that is not registered, and for no unknown client", async () => {
      const unregistered = await authorize(stage(), { redirect_uri: "https://attacker.example/" });
      expect(unregistered).toMatchObject({ action: "BAD_REQUEST" });
      expect(unregistered).not.toHaveProperty("ticket");
      const unknown = await authorize(stage(), { client_id: "1" });
      expect(unknown).toMatchObject({ action: "BAD_REQUEST" });
      expect(unknown).not.toHaveProperty("ticket");
    });

    it("tells the client that its user said no, and ends the ticket", async () => {
      const ticket = await ticketOf(stage());
      const { authlete } = stage();
      const denied = await authlete["auth/authorization/fail"]({ ticket, reason: "DENIED" });
      expectRefusal(denied, "LOCATION", "access_denied");
      const issued = await authlete["auth/authorization/issue"]({ ticket, subject: SUBJECT });
      expect(issued.action).not.toBe("LOCATION");
      expect(issued).not.toHaveProperty("authorizationCode");
    });

    it("grants the scopes that were asked for, and introspection holds a token to them", async () => {
      const tokens = await tokensOf(stage(), { parameters: { scope: "profile email" } });
      expect(tokens.scopes?.toSorted()).toEqual(["email", "profile"]);
      const worth = (scopes: string[]) => introspect(stage(), tokens.accessToken, { scopes });
      expect(await worth(["email"])).toMatchObject({ action: "OK", sufficient: true });
      expectRefusal(await worth(["openid"]), "FORBIDDEN", "insufficient_scope");
    });
  });
}
