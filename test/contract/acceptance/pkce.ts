import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { authorize, codeOf, introspect, issuedIn, redeem } from "./code-flow.ts";
import { expectRefusal } from "./refused.ts";
import type { OpenService } from "./service.ts";
import { type Stage, useStage } from "./stage.ts";

/** Proof key for code exchange (RFC 7636): both methods, and what a service may demand. */
export function describePkce(open: OpenService): void {
  describe("PKCE", () => {
    describe("where it is optional", () => {
      const stage = useStage(open);

      it.each(methods)("%s leads to a token", (method) => expectFlow(stage(), method));

      it("nothing leads to a token too", async () => {
        expect(await redeem(stage(), await codeOf(stage()))).toMatchObject({ action: "OK" });
      });

      it.each(methods)("%s takes no other verifier, and forgives the mistake", async (method) => {
        const verifier = freshVerifier();
        const code = await codeOf(stage(), { parameters: challengeOf(verifier, method) });
        const wrong = { parameters: { code_verifier: freshVerifier() } };
        for (const call of [wrong, {}]) {
          expectRefusal(await redeem(stage(), code, call), "BAD_REQUEST", "invalid_grant");
        }
        const right = { parameters: { code_verifier: verifier } };
        expect(await redeem(stage(), code, right)).toMatchObject({ action: "OK" });
      });

      it("a verifier without a challenge is refused", async () => {
        const parameters = { code_verifier: freshVerifier() };
        const answer = await redeem(stage(), await codeOf(stage()), { parameters });
        expectRefusal(answer, "BAD_REQUEST", "invalid_grant");
      });
    });

    describe("where it is required", () => {
      const stage = useStage(open, { service: { pkceRequired: true } });

      it.each(methods)("%s leads to a token", (method) => expectFlow(stage(), method));

      it("nothing is refused", async () => {
        expectRefusal(await authorize(stage()), "LOCATION", "invalid_request");
      });
    });

    describe("where S256 is required", () => {
      const stage = useStage(open, { service: { pkceS256Required: true } });

      it("S256 leads to a token", () => expectFlow(stage(), "S256"));

      it("plain is refused", async () => {
        const answer = await authorize(stage(), challengeOf(freshVerifier(), "plain"));
        expectRefusal(answer, "LOCATION", "invalid_request");
      });
    });
  });
}

const methods = ["S256", "plain"] as const;
type Method = (typeof methods)[number];

function freshVerifier(): string {
  return randomBytes(32).toString("base64url");
}

function challengeOf(verifier: string, method: Method): Record<string, string> {
  const hashed = createHash("sha256").update(verifier).digest("base64url");
  return { code_challenge: method === "S256" ? hashed : verifier, code_challenge_method: method };
}

async function expectFlow(stage: Stage, method: Method): Promise<void> {
  const verifier = freshVerifier();
  const code = await codeOf(stage, { parameters: challengeOf(verifier, method) });
  const { accessToken } = issuedIn(await redeem(stage, code, { parameters: { code_verifier: verifier } }));
  expect(await introspect(stage, accessToken)).toMatchObject({ action: "OK" });
}
