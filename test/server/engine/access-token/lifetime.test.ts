import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import { clients, issuedTokens, openTestEngine, type TestEngine } from "../../../support/engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const scope = (name: string, key: string, value: string) => ({ name, attributes: [{ key, value }] });

describe.each([
  ["accessTokenDuration", "accessTokenExpiresAt", "access_token.duration", 3600],
  ["refreshTokenDuration", "refreshTokenExpiresAt", "refresh_token.duration", 2_592_000],
] as const)("%s", (member, expiry, attribute, standard) => {
  it.each<[string, Partial<Service>, Client["extension"], number]>([
    ["is the service's", { [member]: 500 }, {}, 500],
    ["has a default", { [member]: undefined }, {}, standard],
    ["has a default where the service's is no duration", { [member]: 0 }, {}, standard],
    ["is shortened by the client", { [member]: 500 }, { [member]: 400 }, 400],
    ["is not lengthened by the client", { [member]: 500 }, { [member]: 600 }, 500],
    ["does not mind a client's zero", { [member]: 500 }, { [member]: 0 }, 500],
    [
      "is shortened by a granted scope",
      {
        [member]: 500,
        supportedScopes: [scope("openid", attribute, "300"), scope("profile", attribute, "900")],
      },
      { [member]: 400 },
      300,
    ],
    [
      "does not mind a scope that is not granted, or whose attribute is no number",
      {
        [member]: 500,
        supportedScopes: [scope("email", attribute, "1"), scope("openid", attribute, "soon")],
      },
      {},
      500,
    ],
  ])("%s", async (_, service, extension, expected) => {
    await test.setService(service);
    await test.setClient(clients.firstParty.id, { extension });
    const answer = await issuedTokens(test.engine);
    expect(answer[member]).toBe(expected);
    expect(answer[expiry]).toBe(test.clock() + expected * 1000);
  });

  it.each([
    [10, 10],
    [99_999_999, 99_999_999],
    [1.9, 1],
    [Number.MAX_SAFE_INTEGER, 2 ** 31 - 1],
    [0, standard],
    [-5, standard],
    [null, standard],
    ["60", standard],
    [Number.NaN, standard],
  ])("asked for as %s is %s", async (asked, expected) => {
    expect((await issuedTokens(test.engine, { [member]: asked }))[member]).toBe(expected);
  });
});

describe("linked expiration", () => {
  it("ends the access token with the refresh token", async () => {
    const short = { refreshTokenDuration: 60 };
    expect(await issuedTokens(test.engine, short)).toMatchObject({ accessTokenDuration: 3600 });
    await test.setService({ tokenExpirationLinked: true });
    const answer = await issuedTokens(test.engine, short);
    expect(answer).toMatchObject({ accessTokenDuration: 60, accessTokenExpiresAt: test.clock() + 60_000 });
    expect(JSON.parse(answer.responseContent)).toMatchObject({ expires_in: 60 });
    expect(await issuedTokens(test.engine)).toMatchObject({ accessTokenDuration: 3600 });
  });
});
