import { verify } from "@node-rs/argon2";
import { describe, expect, it, vi } from "vitest";
import { createPasswords } from "../../../src/server/account/password.ts";

vi.mock("@node-rs/argon2", { spy: true });

describe("verifying a password", () => {
  it("hashes once at the same cost: for a right, a wrong, an unknown, and a password that is too long", async () => {
    const passwords = createPasswords();
    const hash = await passwords.hash("correct horse");
    await passwords.verify(hash, "correct horse");
    await passwords.verify(hash, "wrong password");
    await passwords.verify(undefined, "correct horse");
    await passwords.verify(hash, "x".repeat(1025));
    const cost = (phc: unknown) => String(phc).split("$").slice(1, 4).join("$");
    const costs = vi.mocked(verify).mock.calls.map(([compared]) => cost(compared));
    expect(costs).toEqual(Array.from({ length: 4 }, () => cost(hash)));
    const lengths = vi.mocked(verify).mock.calls.map(([compared]) => String(compared).length);
    expect(new Set(lengths).size).toBe(1);
  });
});
