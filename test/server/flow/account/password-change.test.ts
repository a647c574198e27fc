import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { changePassword } from "../../../../src/server/flow/account/password-change.ts";
import { requestPasswordReset, resetPassword } from "../../../../src/server/flow/account/password-reset.ts";
import { type Gate, openGate } from "../../../support/gate.ts";
import { alice, mailedToken, mailsOf, NEW_PASSWORD } from "./people.ts";

let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
});
afterEach(() => gate.close());

const change = async (
  changes: { current?: string; password?: string; subject?: string; endsApplications?: boolean } = {},
) =>
  changePassword(gate.services, {
    subject: await gate.subject(),
    current: alice.password,
    password: NEW_PASSWORD,
    endsApplications: true,
    language: "ja",
    ...changes,
  });

describe("a change of a password", () => {
  it("takes the current one, signs everybody out, and tells the owner", async () => {
    const browser = gate.browser();
    await browser.signIn();
    expect(await change()).toEqual({ outcome: "changed", username: alice.username });
    expect((await browser.current()).data?.signedIn).toBe(false);
    expect((await gate.browser().login()).status).toBe(401);
    expect((await gate.browser().signIn(alice.username, NEW_PASSWORD)).status).toBe(200);
    expect((await mailsOf(gate))[0]).toMatchObject({
      to: alice.email,
      subject: "Ticketgateのパスワードが変更されました",
    });
  });

  it.each([
    ["a wrong current password", { current: "another password" }, [{ field: "current", fault: "wrong" }]],
    ["a short one", { password: "short" }, [{ field: "password", fault: "too_short" }]],
    [
      "both wrong",
      { current: "", password: "passwordpassword" },
      [
        { field: "current", fault: "wrong" },
        { field: "password", fault: "common" },
      ],
    ],
  ])("is refused with %s, and nobody is signed out", async (_, changes, faults) => {
    const browser = gate.browser();
    await browser.signIn();
    expect(await change(changes)).toEqual({ outcome: "refused", faults });
    expect((await browser.current()).data?.signedIn).toBe(true);
    expect((await change()).outcome).toBe("changed");
  });

  it("happens once of 16 at once", async () => {
    const all = await Promise.all(
      Array.from({ length: 16 }, (_, index) => change({ password: `${NEW_PASSWORD} ${index}` })),
    );
    expect(all.filter(({ outcome }) => outcome === "changed")).toHaveLength(1);
  });

  it("does not undo a reset that came meanwhile", async () => {
    await requestPasswordReset(gate.services, { email: alice.email, language: "en" });
    const token = await mailedToken(gate);
    const { accounts } = gate.services.store;
    const write = accounts.changePassword.bind(accounts);
    vi.spyOn(accounts, "changePassword").mockImplementationOnce(async (attackers) => {
      await resetPassword(gate.services, { token, password: NEW_PASSWORD, language: "en" });
      return write(attackers);
    });
    expect(await change({ password: "a password of mallory" })).toMatchObject({ outcome: "refused" });
    expect((await gate.browser().login(alice.username, NEW_PASSWORD)).status).toBe(200);
    expect((await gate.browser().login(alice.username, "a password of mallory")).status).toBe(401);
  });

  it("counts as a try to sign in, and tells nobody of a subject that is not there", async () => {
    await expect(change({ subject: "usr_nobody" })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const attempts = { consume: vi.fn(async () => 60), clear: async () => {} };
    const counted = { ...gate.services, attempts };
    const request = {
      current: alice.password,
      password: NEW_PASSWORD,
      endsApplications: true,
      language: "en" as const,
    };
    await expect(
      changePassword(counted, { subject: await gate.subject(), ...request, address: "192.0.2.1" }),
    ).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
    expect(attempts.consume).toHaveBeenCalledWith({ username: alice.username, address: "192.0.2.1" });
    expect((await gate.browser().login()).status).toBe(200);
  });
});
