import { afterAll, beforeAll, expect, it } from "vitest";
import { beginLogout } from "../../../../src/server/flow/logout/begin-logout.ts";
import { confirmLogout } from "../../../../src/server/flow/logout/confirm-logout.ts";
import { resultStep } from "../../../../src/server/flow/logout/sealed.ts";
import { openStep } from "../../../../src/server/flow/sealed-step.ts";
import { cookieRules } from "../../../../src/server/session/cookie.ts";
import { type AuthorizationGate, openAuthorizationGate } from "../../../support/authorization-gate.ts";
import { ORIGIN } from "../../../support/gate.ts";

let gate: AuthorizationGate;
beforeAll(async () => {
  gate = await openAuthorizationGate();
});
afterAll(() => gate.close());

/** What the last page is told after an application without an ID token asked, and the person confirmed. */
async function confirmed(clientId: string) {
  const visitor = await gate.person();
  const session = visitor.cookies.get(cookieRules(ORIGIN).session);
  const asked = await beginLogout(gate.services, { clientId } as never, { session, preSession: "browser" });
  if (asked.kind !== "page") throw new Error(asked.kind);
  const question = new URL(asked.path, ORIGIN).searchParams.get("question");
  const path = await confirmLogout(gate.services, { question, session, preSession: "browser" });
  const sealed = new URL(path, ORIGIN).searchParams.get("result");
  return openStep(gate.services, resultStep, { sealed, browser: "browser" });
}

it("an application that proves nothing gets nobody sent to it: its registered home page is a link", async () => {
  expect(await confirmed(gate.clientId)).toEqual({
    clientName: "Example App",
    home: "https://app.example/",
    frames: [],
  });
});

it.each(["http://app.example/", "https://a:b@app.example/"])("%s is no such link", async (clientUri) => {
  const { id } = await gate.register({ clientUri });
  expect(await confirmed(id)).toEqual({ clientName: "Example App", frames: [] });
});
