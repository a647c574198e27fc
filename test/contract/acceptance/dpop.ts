import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { dpopProof } from "../../support/dpop-proof.ts";
import { type Keys, makeKeys } from "../../support/jwt.ts";
import { codeOf, introspect, issuedIn, redeem, type TokenCall, tokensOf } from "./code-flow.ts";
import { expectRefusal } from "./refused.ts";
import type { OpenService } from "./service.ts";
import { type Stage, useStage } from "./stage.ts";
import { TOKEN_ENDPOINT } from "./suitable-service.ts";

const RESOURCE = "https://rs.example/orders";

/** Demonstrating proof of possession (RFC 9449): optional, required, and at introspection. */
export function describeDpop(open: OpenService): void {
  describe("DPoP", () => {
    let keys: Keys;
    beforeAll(async () => {
      keys = await makeKeys("ES256");
    });

    describe("where it is optional", () => {
      const stage = useStage(open);

      it("no proof leads to a bearer token", async () => {
        const { responseContent } = await tokensOf(stage());
        expect(JSON.parse(responseContent)).toMatchObject({ token_type: "Bearer" });
      });

      it("a proof binds the token to its key", async () => {
        const { responseContent } = await boundTokens(stage(), keys);
        expect(JSON.parse(responseContent)).toMatchObject({ token_type: "DPoP" });
      });

      it("a bound token is good with a proof of its key", async () => {
        const { accessToken } = await boundTokens(stage(), keys);
        const worth = await introspect(stage(), accessToken, await atResource(stage(), keys, accessToken));
        expect(worth).toMatchObject({ action: "OK", usable: true });
      });

      it("a bound token is good for nothing without a proof, or with another key's", async () => {
        const { accessToken } = await boundTokens(stage(), keys);
        expect(await introspect(stage(), accessToken)).toMatchObject({ action: "UNAUTHORIZED" });
        const others = await atResource(stage(), await makeKeys("ES256"), accessToken);
        expect(await introspect(stage(), accessToken, others)).toMatchObject({ action: "UNAUTHORIZED" });
      });

      it("a proof for another address is refused, and the code is still good", async () => {
        const code = await codeOf(stage());
        const elsewhere = await atTokenEndpoint(stage(), keys, { htu: "https://elsewhere.example/token" });
        expectRefusal(await redeem(stage(), code, elsewhere), "BAD_REQUEST", "invalid_dpop_proof");
        const proven = await atTokenEndpoint(stage(), keys);
        expect(await redeem(stage(), code, proven)).toMatchObject({ action: "OK" });
      });
    });

    describe("where the client has to use it", () => {
      const stage = useStage(open, { client: { dpopRequired: true } });

      it("a proof leads to a token", async () => {
        const { responseContent } = await boundTokens(stage(), keys);
        expect(JSON.parse(responseContent)).toMatchObject({ token_type: "DPoP" });
      });

      it("no proof leads to none", async () => {
        const answer = await redeem(stage(), await codeOf(stage()));
        expectRefusal(answer, "BAD_REQUEST", "invalid_dpop_proof");
      });
    });
  });
}

async function boundTokens(stage: Stage, keys: Keys) {
  return issuedIn(await redeem(stage, await codeOf(stage), await atTokenEndpoint(stage, keys)));
}

/** Members of a token request with a proof. */
async function atTokenEndpoint(
  { clock }: Stage,
  keys: Keys,
  claims: Record<string, string> = {},
): Promise<TokenCall> {
  const dpop = await dpopProof(keys, {
    claims: { jti: randomUUID(), htu: TOKEN_ENDPOINT, ...claims },
    now: clock(),
  });
  return { dpop, htm: "POST", htu: TOKEN_ENDPOINT };
}

/** Members of an introspection request for a call that came with a proof. */
async function atResource({ clock }: Stage, keys: Keys, accessToken: string) {
  const dpop = await dpopProof(keys, {
    claims: { jti: randomUUID(), htm: "GET", htu: RESOURCE },
    accessToken,
    now: clock(),
  });
  return { dpop, htm: "GET", htu: RESOURCE };
}
