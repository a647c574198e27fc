import { describe, expect, it } from "vitest";
import { form } from "../../support/engine.ts";
import { introspect, tokensOf } from "./code-flow.ts";
import type { OpenService } from "./service.ts";
import { type Stage, useStage } from "./stage.ts";

const visible = { key: "tenant", value: "acme" };
const hidden = { key: "tier", value: "gold", hidden: true };

/** Properties of tokens: those that the client application sees, and those that it does not. */
export function describeProperties(open: OpenService): void {
  describe("properties", () => {
    const stage = useStage(open);

    it("given with the user's decision are the token's, and the client sees the visible ones", async () => {
      const tokens = await tokensOf(stage(), { issue: { properties: [visible, hidden] } });
      expect(written(tokens.properties)).toEqual({ tenant: ["acme", false], tier: ["gold", true] });
      expectVisibleAlone(JSON.parse(tokens.responseContent));
      const worth = await introspect(stage(), tokens.accessToken);
      if (worth.action !== "OK") return expect.fail(worth.action);
      expect(written(worth.properties)).toEqual({ tenant: ["acme", false], tier: ["gold", true] });
    });

    it("that are hidden stay out of the standard introspection answer unless they are asked for", async () => {
      const { accessToken } = await tokensOf(stage(), { issue: { properties: [visible, hidden] } });
      expectVisibleAlone(await standardAnswer(stage(), accessToken));
      const all = await standardAnswer(stage(), accessToken, { withHiddenProperties: true });
      expect(all).toMatchObject({ tenant: "acme", tier: "gold" });
    });

    it("given with the token request join the others, and win", async () => {
      const later = { key: "tenant", value: "globex" };
      const tokens = await tokensOf(stage(), {
        issue: { properties: [visible, hidden] },
        token: { properties: [later] },
      });
      expect(written(tokens.properties)).toEqual({ tenant: ["globex", false], tier: ["gold", true] });
      expect(JSON.parse(tokens.responseContent)).toMatchObject({ tenant: "globex" });
    });

    it("cannot take the place of what the answer is about", async () => {
      const { accessToken, responseContent } = await tokensOf(stage(), {
        issue: { properties: [{ key: "access_token", value: "forged" }, visible] },
      });
      expect(JSON.parse(responseContent)).toMatchObject({ access_token: accessToken, tenant: "acme" });
    });
  });
}

type Property = { key?: string; value?: string | null; hidden?: boolean };

function written(properties: readonly Property[] = []) {
  return Object.fromEntries(properties.map(({ key, value, hidden = false }) => [key, [value, hidden]]));
}

function expectVisibleAlone(members: object): void {
  expect(members).toMatchObject({ tenant: "acme" });
  expect(members).not.toHaveProperty("tier");
}

async function standardAnswer(
  { authlete }: Stage,
  token: string,
  members: { withHiddenProperties?: boolean } = {},
): Promise<object> {
  const answer = await authlete["auth/introspection/standard"]({ parameters: form({ token }), ...members });
  return answer.action === "OK" ? JSON.parse(answer.responseContent) : expect.fail(answer.action);
}
