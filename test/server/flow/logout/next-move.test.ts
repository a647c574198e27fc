import { describe, expect, it } from "vitest";
import type { Hint } from "../../../../src/server/flow/logout/id-token-hint.ts";
import { nextMove } from "../../../../src/server/flow/logout/next-move.ts";
import type { SessionClient } from "../../../../src/server/session/session-client-store.ts";

const session = { idHash: "h1", subject: "usr_1" };
const known: SessionClient = {
  sessionHash: "h1",
  clientId: "5001",
  subject: "usr_1",
  sid: "sid-1",
  createdAt: 0,
  expiresAt: 1,
};
const hint = (changes: Partial<Hint> = {}): Hint => ({
  client: { clientId: 5001 },
  clientId: "5001",
  subject: "usr_1",
  sid: "sid-1",
  ...changes,
});

describe("whether somebody has to be asked (RP-Initiated Logout 1.0, section 2)", () => {
  it("nobody is when the ID token is of the session at this browser", () => {
    expect(nextMove({ hint: hint() }, session, [known])).toBe("sign out");
    expect(nextMove({ hint: hint({ sid: undefined }) }, session, [known])).toBe("sign out");
    expect(nextMove({ hint: hint({ subject: "pairwise" }) }, session, [known])).toBe("sign out");
  });

  it.each([
    { name: "no ID token", hint: undefined, clients: [known] },
    { name: "the ID token of another session", hint: hint({ sid: "sid-2" }), clients: [known] },
    {
      name: "the ID token of another person",
      hint: hint({ sid: undefined, subject: "usr_2" }),
      clients: [known],
    },
    { name: "a client that does not know of the session", hint: hint(), clients: [] },
    {
      name: "the sid of another client",
      hint: hint({ client: { clientId: 5002 }, clientId: "5002" }),
      clients: [known],
    },
    { name: "a session of another person", hint: hint(), clients: [{ ...known, subject: "usr_2" }] },
  ])("somebody is with $name", ({ hint: given, clients }) => {
    expect(nextMove({ hint: given }, session, clients)).toBe("ask");
  });

  it("there is nothing to ask where nobody is signed in", () => {
    expect(nextMove({ hint: hint() }, undefined, [])).toBe("nothing to end");
    expect(nextMove({ hint: undefined }, undefined, [])).toBe("nothing to end");
  });
});
