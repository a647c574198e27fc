import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  nextStep,
  rulesForAnybody,
  rulesForSomebody,
  type Situation,
  type Step,
} from "../../../../src/server/flow/authorization/next-step.ts";
import type { RequestDocument } from "../../../../src/server/flow/authorization/request-document.ts";
import { person, request, SENT } from "./documents.ts";

const old = person();
const fresh = person({ authenticatedAt: SENT });
const password = "urn:ticketgate:acr:password";
const multiFactor = "urn:ticketgate:acr:multi-factor";
const methods = ["pwd", "otp", "mfa"] as const;

function step(changes: Partial<RequestDocument>, situation: Partial<Omit<Situation, "document">> = {}): Step {
  return nextStep({ document: request(changes), signedIn: old, chosenSubject: undefined, ...situation });
}

describe("what comes next for a person", () => {
  it("is decided by these rules in this order", () => {
    expect([...Object.keys(rulesForAnybody), ...Object.keys(rulesForSomebody)]).toEqual([
      "contextIsKnown",
      "accountIsMade",
      "somebodyIsSignedIn",
      "signInIsFresh",
      "contextIsReached",
      "subjectIsWanted",
      "accountIsChosen",
    ]);
  });

  it("is nothing but consent for whoever is signed in, whatever was asked for without weight", () => {
    expect(step({})).toEqual({ step: "decide", signedIn: old });
    expect(step({ acrs: ["1"], loginHint: "bob", prompts: ["CONSENT"] }).step).toBe("decide");
  });

  it.each<[string, Partial<RequestDocument>, Partial<Situation>, Step]>([
    ["nobody is signed in", {}, { signedIn: undefined }, { step: "sign-in" }],
    ["prompt=login", { prompts: ["LOGIN"] }, {}, { step: "sign-in" }],
    ["max_age=0", { maxAge: 0 }, {}, { step: "sign-in" }],
    ["max_age is over by a second", { maxAge: 599 }, {}, { step: "sign-in" }],
    ["somebody else is wanted", { subject: "usr_bob" }, {}, { step: "sign-in" }],
    ["prompt=create", { prompts: ["CREATE"] }, {}, { step: "register" }],
    ["prompt=create and nobody", { prompts: ["CREATE"] }, { signedIn: undefined }, { step: "register" }],
    ["prompt=select_account", { prompts: ["SELECT_ACCOUNT"] }, {}, { step: "choose-account", signedIn: old }],
    [
      "prompt=select_account, and another one was chosen",
      { prompts: ["SELECT_ACCOUNT"] },
      { chosenSubject: "usr_bob" },
      { step: "choose-account", signedIn: old },
    ],
    [
      "prompt=login select_account: the sign-in comes first",
      { prompts: ["LOGIN", "SELECT_ACCOUNT"] },
      {},
      { step: "sign-in" },
    ],
    [
      "a class of authentication that nobody reaches, before anybody types a password",
      { acrs: ["urn:gold"], acrEssential: true },
      { signedIn: undefined },
      { step: "fail", reason: "ACR_NOT_SATISFIED" },
    ],
    ["more than a password is wanted", { acrs: [multiFactor] }, {}, { step: "sign-in" }],
    [
      "more than a password must be, and was not reached in the sign-in for this request",
      { acrs: [multiFactor], acrEssential: true },
      { signedIn: fresh },
      { step: "fail", reason: "ACR_NOT_SATISFIED" },
    ],
    [
      "somebody else is wanted, and the wrong one signed in for this request",
      { subject: "usr_bob" },
      { signedIn: fresh },
      { step: "fail", reason: "DIFFERENT_SUBJECT" },
    ],
  ])("%s", (_, changes, situation, expected) => {
    expect(step(changes, situation)).toEqual(expected);
  });

  it.each<[string, Partial<RequestDocument>, Partial<Situation>]>([
    ["prompt=login, signed in at the moment it was sent", { prompts: ["LOGIN"] }, { signedIn: fresh }],
    ["max_age=0, signed in since", { maxAge: 0 }, { signedIn: fresh }],
    ["max_age that is just not over", { maxAge: 600 }, {}],
    ["the wanted one is there", { subject: old.subject }, {}],
    ["prompt=create, and an account signed in since", { prompts: ["CREATE"] }, { signedIn: fresh }],
    ["prompt=select_account, chosen", { prompts: ["SELECT_ACCOUNT"] }, { chosenSubject: old.subject }],
    ["prompt=select_account, signed in since", { prompts: ["SELECT_ACCOUNT"] }, { signedIn: fresh }],
    ["an essential class that was reached", { acrs: ["urn:gold", password], acrEssential: true }, {}],
    [
      "an essential class of more than a password that was reached",
      { acrs: [multiFactor], acrEssential: true },
      { signedIn: person({ methods }) },
    ],
    ["more than a password or a password", { acrs: [multiFactor, password], acrEssential: true }, {}],
    ["a wish for more than a password that could not be met", { acrs: [multiFactor] }, { signedIn: fresh }],
    ["more than the password that is wanted", { acrs: [password] }, { signedIn: person({ methods }) }],
    ["a class that is only a wish", { acrs: ["urn:gold"] }, {}],
  ])("is consent: %s", (_, changes, situation) => {
    expect(step(changes, situation).step).toBe("decide");
  });

  it("never asks anybody to sign in who has signed in for this request: nobody goes in a circle", () => {
    const prompts = fc.uniqueArray(fc.constantFrom("LOGIN", "CONSENT", "SELECT_ACCOUNT", "CREATE"));
    const optional = { requiredKeys: [] };
    const demands = fc.record(
      {
        maxAge: fc.nat(100),
        subject: fc.constantFrom("usr_alice", "usr_bob"),
        acrs: fc.uniqueArray(fc.constantFrom(password, multiFactor, "urn:gold")),
        acrEssential: fc.boolean(),
      },
      optional,
    );
    fc.assert(
      fc.property(prompts, demands, fc.nat(10_000), (asked, rest, later) => {
        const signedIn = person({ authenticatedAt: SENT + later });
        const next = step({ prompts: asked, ...rest }, { signedIn }).step;
        expect(["decide", "fail"]).toContain(next);
      }),
    );
  });
});
