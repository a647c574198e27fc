import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestEngine } from "../../../support/engine.ts";
import { openGrantEngine } from "../../../support/grants.ts";
import { unsigned } from "../../../support/jwt.ts";
import { storedToken } from "../../../support/stored-token.ts";
import { encryptedJwt, exchange, expectRefused, foreignJwt, requestError } from "./exchange.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine({ service: { allowableClockSkew: 0 } });
});
afterEach(() => test.close());

const seconds = () => test.clock() / 1000;

describe("an access token or refresh token for exchange", () => {
  it.each(["access_token", "refresh_token"] as const)("%s: exists, and has not expired", async (name) => {
    await expectRefused(test, exchange(test, ["unknown", name]), requestError("A311306"));
    const now = test.clock();
    const over = { accessTokenExpiresAt: now, refreshTokenExpiresAt: now };
    for (const [change, code] of [
      [over, "A901310"],
      [{ serviceId: "1002" }, "A311306"],
    ] as const) {
      const tokens = await storedToken(test, change);
      const token = name === "access_token" ? tokens.accessToken : tokens.refreshToken;
      await expectRefused(test, exchange(test, [token, name]), requestError(code));
    }
    const { accessToken, refreshToken } = await storedToken(test);
    const [right, wrong] =
      name === "access_token" ? [accessToken, refreshToken] : [refreshToken, accessToken];
    await expectRefused(test, exchange(test, [wrong, name]), requestError("A311306"));
    expect((await exchange(test, [right, name])).action).toBe("TOKEN_EXCHANGE");
  });

  it("may be of a client that is gone", async () => {
    const { accessToken } = await storedToken(test, { clientId: 9999 });
    const answer = await exchange(test, [accessToken, "access_token"]);
    expect(answer).toMatchObject({ subjectTokenInfo: { clientId: 9999, subject: "alice" } });
  });
});

describe("a JWT for exchange", () => {
  it("need say nothing, but what it says of time has to be right", async () => {
    expect((await exchange(test, [await foreignJwt({}), "jwt"])).action).toBe("TOKEN_EXCHANGE");
    const now = seconds();
    expect(
      (await exchange(test, [await foreignJwt({ exp: now + 1, iat: now, nbf: now }), "jwt"])).action,
    ).toBe("TOKEN_EXCHANGE");
    for (const [claims, code] of [
      [{ exp: now }, "A901313"],
      [{ exp: "x" }, "A901313"],
      [{ iat: now + 1 }, "A901314"],
      [{ nbf: now + 1 }, "A901315"],
    ] as const) {
      await expectRefused(test, exchange(test, [await foreignJwt(claims), "jwt"]), requestError(code));
    }
  });

  it.each(["", "a", "a.b.c", "e30.e30.", unsigned({ alg: "none", crit: ["x"] }, {})])(
    "is one: %j",
    async (text) => {
      const code = text === "" ? "A250302" : "A901311";
      await expectRefused(test, exchange(test, [text, "jwt"]), requestError(code));
    },
  );

  it.each(["jwt", "id_token"])(
    "%s: may be unsigned or encrypted unless the service says no",
    async (name) => {
      const now = seconds();
      const claims = { iss: "https://idp.example", aud: "x", exp: now + 60, iat: now };
      const plain = unsigned({ alg: "none" }, claims);
      const jwe = await encryptedJwt();
      for (const token of [plain, jwe])
        expect((await exchange(test, [token, name])).action).toBe("TOKEN_EXCHANGE");
      await test.setService({
        tokenExchangeUnsignedJwtRejected: true,
        tokenExchangeEncryptedJwtRejected: true,
      });
      await expectRefused(test, exchange(test, [plain, name]), requestError("A901316"));
      await expectRefused(
        test,
        exchange(test, [unsigned({ alg: "ES256" }, claims), name]),
        requestError("A901316"),
      );
      await expectRefused(test, exchange(test, [jwe, name]), requestError("A901312"));
    },
  );

  it("is refused or passed on, never failed on, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("jwt", "id_token", "access_token", "refresh_token"),
        fc.oneof(
          fc.string(),
          fc.string({ unit: "binary" }),
          fc.tuple(fc.json(), fc.json()).map(([header, payload]) => unsigned(header, payload, "x")),
        ),
        async (name, token) => {
          expect((await exchange(test, [token, name])).action).toBe("BAD_REQUEST");
        },
      ),
      { numRuns: 80 },
    );
  }, 30_000);
});
