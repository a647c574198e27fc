import { randomUUID } from "node:crypto";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { SUBJECT, tokensOf } from "./code-flow.ts";
import type { OpenService } from "./service.ts";
import { type Stage, useStage } from "./stage.ts";

/** The code flow of OpenID Connect Core 3.1: an ID token that the client verifies as any client would. */
export function describeOpenIdConnect(open: OpenService): void {
  describe("OpenID Connect", () => {
    const stage = useStage(open);

    it("gives an ID token by RS256 that the service's JWK Set verifies", async () => {
      const nonce = randomUUID();
      const tokens = await tokensOf(stage(), { parameters: { scope: "openid", nonce } });
      expect(JSON.parse(tokens.responseContent)).toMatchObject({ id_token: tokens.idToken });
      const { payload, protectedHeader } = await verified(stage(), tokens.idToken);
      expect(protectedHeader.alg).toBe("RS256");
      expect(payload).toMatchObject({ sub: SUBJECT, nonce });
      expect([payload.aud].flat()).toEqual([stage().client.id]);
    });

    it("says when and how the user was authenticated, as the caller said it", async () => {
      const authTime = Math.floor(stage().clock() / 1000) - 60;
      const { idToken } = await tokensOf(stage(), {
        parameters: { scope: "openid", max_age: "3600" },
        issue: { authTime, acr: "urn:example:acr" },
      });
      const { payload } = await verified(stage(), idToken);
      expect(payload).toMatchObject({ auth_time: authTime, acr: "urn:example:acr" });
      expect(payload).not.toHaveProperty("nonce");
    });

    it("tells the client the subject that it was told to tell", async () => {
      const { idToken } = await tokensOf(stage(), {
        parameters: { scope: "openid" },
        issue: { sub: "another-name" },
      });
      expect((await verified(stage(), idToken)).payload).toMatchObject({ sub: "another-name" });
    });

    it("gives no ID token where openid was not asked for", async () => {
      const tokens = await tokensOf(stage(), { parameters: { scope: "profile" } });
      expect(tokens).not.toHaveProperty("idToken");
      expect(JSON.parse(tokens.responseContent)).not.toHaveProperty("id_token");
    });

    it("opens the userinfo endpoint to the access token", async () => {
      const { accessToken } = await tokensOf(stage(), { parameters: { scope: "openid" } });
      const { authlete } = stage();
      expect(await authlete["auth/userinfo"]({ token: accessToken })).toMatchObject({
        action: "OK",
        subject: SUBJECT,
      });
      const claims = JSON.stringify({ name: "Alice" });
      const answer = await authlete["auth/userinfo/issue"]({ token: accessToken, claims });
      if (answer.action !== "JSON") return expect.fail(answer.action);
      expect(JSON.parse(answer.responseContent)).toMatchObject({ sub: SUBJECT, name: "Alice" });
    });
  });
}

/** The token as a client verifies it (OIDC Core 3.1.3.7): signature, issuer, audience and times. */
async function verified({ authlete, settings, client, clock }: Stage, idToken: string | undefined) {
  const keys = createLocalJWKSet((await authlete["service/jwks/get"]({})) as JSONWebKeySet);
  return jwtVerify(idToken ?? "", keys, {
    issuer: String(settings.issuer),
    audience: client.id,
    algorithms: ["RS256"],
    currentDate: new Date(clock()),
    requiredClaims: ["sub", "exp", "iat"],
    clockTolerance: 60,
  });
}
