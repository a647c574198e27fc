import { afterAll, beforeAll, expect, it } from "vitest";
import { type Gate, openGate } from "../../support/gate.ts";

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());

it("signs in", async () => {
  const browser = gate.browser();
  const { status, data } = await browser.signIn();
  expect({ status, data }).toMatchObject({
    status: 200,
    data: { action: "OK", subject: await gate.subject() },
  });
  expect((await browser.current()).data).toMatchObject({ signedIn: true });
  await browser.signOut();
  expect((await browser.current()).data).toEqual({ signedIn: false });
});

it("issues for a back end", async () => {
  const backend = await gate.backend();
  const ticket = await backend.ticket();
  const reply = await backend.call("token.issue", { ticket, subject: "usr_1" });
  expect(reply).toMatchObject({ status: 200, data: { subject: "usr_1" } });
});
