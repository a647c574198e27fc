import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Service } from "../../../../src/server/authlete/service.ts";
import { codeOf, issueCode, redeem, ticketOf, tokensOf } from "../../../contract/acceptance/code-flow.ts";
import { REDIRECT_URI, type Stage, setStage } from "../../../contract/acceptance/stage.ts";
import { form, openTestEngine, type TestEngine } from "../../../support/engine.ts";

const RESOURCE_SERVER = "https://rs.example";

let test: TestEngine;
let stage: Stage;
beforeEach(async () => {
  test = await openTestEngine();
  stage = await setStage(
    { authlete: test.engine, clock: test.clock, close: test.close },
    { client: { authorizationSignAlg: "ES256", userInfoSignAlg: "ES256" } },
  );
});
afterEach(() => test.close());

const update = (settings: Service) => test.engine["service/update"](settings);
const openid = { parameters: { scope: "openid" } };
/** The service is the same, but has no name. */
const nameless = () => update({ ...stage.settings, issuer: undefined });

describe("a service without an issuer", () => {
  it("is what an update leaves that does not name one, and its code flow goes on", async () => {
    const updated = await update({ accessTokenDuration: 600 });
    expect(updated).not.toHaveProperty("issuer");
    expect(await test.engine["service/configuration"]({})).not.toHaveProperty("issuer");
    const { code, location } = await issueCode(stage, await ticketOf(stage));
    expect(location.searchParams.has("iss")).toBe(false);
    expect(location.href.startsWith(REDIRECT_URI)).toBe(true);
    expect(await redeem(stage, code)).toMatchObject({ action: "OK", accessTokenDuration: 600 });
  });

  it("gives no ID token, which would be nobody's, and leaves the code as it was", async () => {
    const code = await codeOf(stage, openid);
    await nameless();
    const before = test.issued();
    const refused = await redeem(stage, code);
    expect(refused).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: "A902209" });
    expect(test.issued()).toBe(before);
    await update(stage.settings);
    expect(await redeem(stage, code)).toMatchObject({ action: "OK", idToken: expect.any(String) });
  });

  it("gives no access token that is a JWT", async () => {
    const signing = { ...stage.settings, accessTokenSignAlg: "ES256" } as const;
    const code = await codeOf(stage);
    await update({ ...signing, issuer: undefined });
    const before = test.issued();
    expect(await redeem(stage, code)).toMatchObject({
      action: "INTERNAL_SERVER_ERROR",
      resultCode: "A050202",
    });
    expect(test.issued()).toBe(before);
    await update(signing);
    expect(await redeem(stage, code)).toMatchObject({ action: "OK", jwtAccessToken: expect.any(String) });
  });

  it("gives no authorization response that is a JWT", async () => {
    const jarm = { response_mode: "query.jwt" };
    const issue = async () =>
      test.engine["auth/authorization/issue"]({ ticket: await ticketOf(stage, jarm), subject: "alice" });
    await nameless();
    const refused = await issue();
    expect(refused).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: "A012201" });
    expect(refused).not.toHaveProperty("authorizationCode");
    await update(stage.settings);
    expect(await issue()).toMatchObject({
      action: "LOCATION",
      responseContent: expect.stringContaining("response=ey"),
    });
  });

  it("gives no introspection or userinfo answer that is a JWT", async () => {
    const { accessToken } = await tokensOf(stage, openid);
    const introspect = () =>
      test.engine["auth/introspection/standard"]({
        parameters: form({ token: accessToken }),
        httpAcceptHeader: "application/token-introspection+jwt",
        rsUri: RESOURCE_SERVER,
      });
    const userinfo = () => test.engine["auth/userinfo/issue"]({ token: accessToken });
    await nameless();
    expect(await introspect()).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: "A902210" });
    expect(await userinfo()).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: "A902211" });
    await update(stage.settings);
    expect(await introspect()).toMatchObject({ action: "JWT" });
    expect(await userinfo()).toMatchObject({ action: "JWT" });
  });

  it.each(["no url", "ftp://as.example", "https://as.example?a=1", "https://as.example#a"])(
    "is better than one whose issuer is %j",
    async (issuer) => {
      const before = await test.engine["service/get"]({});
      await expect(update({ ...stage.settings, issuer })).rejects.toMatchObject({ status: 400 });
      expect(await test.engine["service/get"]({})).toEqual(before);
    },
  );
});
