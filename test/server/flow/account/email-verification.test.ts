import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  readEmailVerification,
  requestEmailVerification,
  verifyEmail,
} from "../../../../src/server/flow/account/email-verification.ts";
import { ownAccount } from "../../../../src/server/flow/account/own-account.ts";
import { resetPassword } from "../../../../src/server/flow/account/password-reset.ts";
import { account } from "../../../contract/store/records.ts";
import { type Gate, openGate } from "../../../support/gate.ts";
import { mailedToken, mailsOf, NEW_PASSWORD } from "./people.ts";

const bob = account({ subject: "usr_bob", username: "bob", email: "bob@example.com", emailVerified: false });
let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
  await gate.services.store.accounts.insert(bob);
});
afterEach(() => gate.close());

const request = (subject = bob.subject) =>
  requestEmailVerification(gate.services, { subject, language: "en" });

describe("the verification of an address", () => {
  it("is done by whoever got the mail, once, also of 64 at once", async () => {
    expect(await ownAccount(gate.services, bob.subject)).toMatchObject({ canVerifyEmail: true });
    expect(await request()).toBe(true);
    const token = await mailedToken(gate);
    expect((await mailsOf(gate))[0]).toMatchObject({ to: "bob@example.com" });
    expect(await readEmailVerification(gate.services, token)).toBe("bob@example.com");
    const all = await Promise.all(Array.from({ length: 64 }, () => verifyEmail(gate.services, token)));
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await gate.services.accounts.claimsOf(bob.subject)).toMatchObject({ email_verified: true });
    expect(await ownAccount(gate.services, bob.subject)).toMatchObject({ canVerifyEmail: false });
    expect(await readEmailVerification(gate.services, token)).toBeUndefined();
  });

  it("is no password reset, and has its time", async () => {
    await request();
    const token = await mailedToken(gate);
    const reset = { token, password: NEW_PASSWORD, language: "en" as const };
    expect(await resetPassword(gate.services, reset)).toEqual({ outcome: "expired" });
    gate.clock.advance(gate.services.config.mail.linkMs);
    expect(await verifyEmail(gate.services, token)).toBe(false);
    gate.clock.advance(-1);
    expect(await verifyEmail(gate.services, token)).toBe(true);
  });

  it("is not begun for an address that is verified, or for nobody", async () => {
    expect(await request(await gate.subject())).toBe(false);
    expect(await request("usr_nobody")).toBe(false);
    expect(gate.services.mailbox?.mails()).toEqual([]);
  });
});
