import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentOf, summary, type TestEngine } from "../../../support/engine.ts";
import { isAlive } from "../../../support/grants.ts";
import { exchange, firstIdToken, firstTokens, openNativeSsoEngine, type Tokens } from "./session.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openNativeSsoEngine();
});
afterEach(() => test.close());

describe("nativesso/logout", () => {
  const logOut = (sessionId: unknown) => test.engine["nativesso/logout"]({ sessionId } as never);

  it("ends all tokens of the session, in every app, and no others", async () => {
    const idToken = await firstIdToken(test);
    const { accessToken } = (await exchange(test, idToken)) as unknown as Tokens;
    const elsewhere = await firstTokens(test, { sessionId: "s-2" });
    expect(await logOut("s-1")).toMatchObject({ action: "OK", resultCode: "A503001", count: 2 });
    expect(await isAlive(test, accessToken)).toBe(false);
    expect(await isAlive(test, elsewhere.accessToken)).toBe(true);
    expect(await logOut("s-1")).toMatchObject({ action: "OK", count: 0 });
  });

  it("makes ID tokens of the session worthless", async () => {
    const idToken = await firstIdToken(test);
    await logOut("s-1");
    const before = test.issued();
    const expected = { action: "BAD_REQUEST", code: "A901328", error: "invalid_grant" };
    expect(summary(await exchange(test, idToken))).toEqual(expected);
    expect(test.issued()).toBe(before);
  });

  it("so does the end of the last token of the session", async () => {
    await test.setService({ idTokenDuration: 86_400 * 90 });
    const idToken = await firstIdToken(test);
    test.clock.advance(2_592_000_000 - 1);
    expect((await exchange(test, idToken)).action).toBe("NATIVE_SSO");
    test.clock.advance(2_592_000_000);
    const before = test.issued();
    expect(summary(await exchange(test, idToken)).code).toBe("A901328");
    expect(test.issued()).toBe(before);
  });

  it.each([undefined, null, "", 7])("needs a session: %j is none", async (sessionId) => {
    const answer = await logOut(sessionId);
    expect(answer).toEqual({
      action: "CALLER_ERROR",
      resultCode: "A901221",
      resultMessage: expect.stringMatching(/^\[A901221\] /),
    });
    expect(contentOf(answer)).toBe("undefined");
  });
});
