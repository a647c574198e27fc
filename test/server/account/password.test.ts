import { describe, expect, it } from "vitest";
import {
  createPasswords,
  PasswordQueueFullError,
  preparePassword,
} from "../../../src/server/account/password.ts";

const passwords = createPasswords();

describe("passwords", () => {
  it("are hashed with argon2id, 19 MiB, two passes, one lane, and a salt of their own", async () => {
    const [first, second] = await Promise.all([
      passwords.hash("correct horse"),
      passwords.hash("correct horse"),
    ]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(second).not.toBe(first);
    expect(await passwords.verify(first, "correct horse")).toBe(true);
    expect(await passwords.verify(first, "correct horsf")).toBe(false);
  });

  it.each([
    ["composed and decomposed letters", "pass-zoë-1", "pass-zoe\u0308-1"],
    ["wide and narrow letters", "ｐａｓｓｗｏｒｄ", "password"],
    ["blanks of other kinds", "pass\u00a0word\u3000x", "pass word x"],
  ])("are the same in every form: %s", async (_, stored, typed) => {
    expect(await passwords.verify(await passwords.hash(stored), typed)).toBe(true);
  });

  it("keep case and blanks, and are not cut", async () => {
    const long = "x".repeat(1024);
    const hash = await passwords.hash(long);
    expect(await passwords.verify(hash, long)).toBe(true);
    expect(await passwords.verify(hash, `${"x".repeat(1023)}y`)).toBe(false);
    expect(preparePassword(" A b ")).toBe(" A b ");
  });

  it.each([
    ["1,025 bytes", "x".repeat(1025), "x".repeat(1024)],
    ["1,026 bytes of two each", "é".repeat(513), "é".repeat(512)],
  ])("are refused with %s, and taken with one less", async (_, refused, taken) => {
    await expect(passwords.hash(refused)).rejects.toThrow(RangeError);
    expect(await passwords.hash(taken)).toContain("argon2id");
  });

  it("are not verified beyond 1,024 bytes, whatever the hash", async () => {
    const hash = await passwords.hash("x".repeat(1024));
    expect(await passwords.verify(hash, "x".repeat(1025))).toBe(false);
    expect(await passwords.verify(hash, "x".repeat(1024))).toBe(true);
  });

  it("of nobody are never right, not even the one that is compared with", async () => {
    for (const guess of ["nobody has this password", "", "undefined", "x".repeat(5000)]) {
      expect(await passwords.verify(undefined, guess)).toBe(false);
    }
  });

  it("are refused when too many wait already, and are taken again later", async () => {
    const narrow = createPasswords({ concurrency: 1, waiting: 2 });
    const hash = await narrow.hash("correct horse");
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => narrow.verify(hash, "correct horse")),
    );
    const refused = tries.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(2);
    for (const each of refused) expect(each).toMatchObject({ reason: expect.any(PasswordQueueFullError) });
    expect(tries.filter((each) => each.status === "fulfilled" && each.value)).toHaveLength(3);
    expect(await narrow.verify(hash, "correct horse")).toBe(true);
  });
});
