import { describe, expect, it } from "vitest";
import type { RequestDocument } from "../../../../src/server/flow/authorization/request-document.ts";
import { silentRefusal, silentRules } from "../../../../src/server/flow/authorization/silent-refusal.ts";
import { person, request, SENT } from "./documents.ts";

const everythingWrong = { maxAge: 1, subject: "usr_bob", acrs: ["urn:gold"], acrEssential: true };

function refusal(changes: Partial<RequestDocument>, signedIn = person(), now = SENT) {
  return silentRefusal({ document: request({ ...changes, silent: true }), signedIn, now });
}

describe("prompt=none", () => {
  it("checks in the order of the API: a session, its age, the subject, the context", () => {
    expect(Object.keys(silentRules)).toEqual(["age", "subject", "context"]);
    const order = [
      silentRefusal({ document: request(everythingWrong), signedIn: undefined, now: SENT }),
      refusal({ ...everythingWrong }),
      refusal({ ...everythingWrong, maxAge: 600 }),
      refusal({ acrs: ["urn:gold"], acrEssential: true }),
      refusal({}),
    ];
    expect(order).toEqual([
      "NOT_LOGGED_IN",
      "EXCEEDS_MAX_AGE",
      "DIFFERENT_SUBJECT",
      "ACR_NOT_SATISFIED",
      undefined,
    ]);
  });

  it("counts the age of a sign-in in whole seconds, the last one included", () => {
    expect(refusal({ maxAge: 600 })).toBeUndefined();
    expect(refusal({ maxAge: 600 }, person(), SENT + 999)).toBeUndefined();
    expect(refusal({ maxAge: 600 }, person(), SENT + 1_000)).toBe("EXCEEDS_MAX_AGE");
  });

  it("max_age=0 wants a sign-in that nobody may be asked for, however fresh the last one is", () => {
    expect(refusal({ maxAge: 0 }, person({ authenticatedAt: SENT }))).toBe("EXCEEDS_MAX_AGE");
  });

  it("a class of authentication that is a wish, or was reached, refuses nobody", () => {
    expect(refusal({ acrs: ["urn:gold"] })).toBeUndefined();
    expect(refusal({ acrs: ["urn:ticketgate:acr:password"], acrEssential: true })).toBeUndefined();
  });
});
