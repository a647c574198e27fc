import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { basic, form, issued, SERVICE_ID } from "../../../support/engine.ts";
import {
  issueFor,
  openAuthorizationEngine,
  REDIRECT_URI,
  redirect,
  site,
  type TestEngine,
} from "../authorization/authorization-flow.ts";

const managementScopes = ["grant_management_query", "grant_management_revoke"];

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
  const { supportedScopes = [] } = (await test.store.findService(SERVICE_ID)) ?? {};
  const added = managementScopes.map((name) => ({ name, defaultEntry: false }));
  await test.setService({ supportedScopes: [...supportedScopes, ...added] });
});
afterEach(() => test.close());

const scope = `openid email ${managementScopes.join(" ")}`;
const codeFor = async (change: Record<string, string>) => {
  const answer = await issueFor(test, { scope, ...change }, { consentedClaims: ["email"] });
  return redirect(answer).parameters.code ?? "";
};
const redeem = (code: string) =>
  test.engine["auth/token"]({
    parameters: form({ grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI }),
    ...basic(site),
  });
const gm = (gmAction: "QUERY" | "REVOKE", accessToken: string, grantId = "") =>
  test.engine.gm({ gmAction, accessToken, grantId });

describe("a grant that came of an authorization request", () => {
  it("is shown, and ends with its tokens", async () => {
    const tokens = issued(await redeem(await codeFor({ grant_management_action: "create" })));
    const shown = await gm("QUERY", tokens.accessToken, tokens.grantId);
    expect(shown).toMatchObject({ action: "OK" });
    expect(JSON.parse(String(shown.action === "OK" && shown.responseContent))).toEqual({
      scopes: [{ scope }],
      claims: ["email"],
    });
    expect(await gm("REVOKE", tokens.accessToken, tokens.grantId)).toMatchObject({ action: "NO_CONTENT" });
    expect(await gm("QUERY", tokens.accessToken, tokens.grantId)).toMatchObject({ resultCode: "A279306" });
    const refreshed = await test.engine["auth/token"]({
      parameters: form({ grant_type: "refresh_token", refresh_token: tokens.refreshToken ?? "" }),
      ...basic(site),
    });
    expect(refreshed).toMatchObject({ action: "BAD_REQUEST", resultCode: "A053305" });
  });

  it("yields nothing more once it has ended, not even to a code that waits", async () => {
    const tokens = issued(await redeem(await codeFor({ grant_management_action: "create" })));
    const waiting = await codeFor({ grant_management_action: "merge", grant_id: tokens.grantId ?? "" });
    const other = await codeFor({ grant_management_action: "create" });
    expect(await gm("REVOKE", tokens.accessToken, tokens.grantId)).toMatchObject({ action: "NO_CONTENT" });
    const before = test.issued();
    expect(await redeem(waiting)).toMatchObject({ action: "BAD_REQUEST", resultCode: "A050305" });
    expect(test.issued()).toBe(before);
    expect(await redeem(other)).toMatchObject({ action: "OK" });
  });
});
