import { format, inspect } from "node:util";
import superjson from "superjson";
import { describe, expect, it } from "vitest";
import { equalSecrets, hashOf, secretCheck } from "../../../src/server/secret/hash.ts";
import { Secret } from "../../../src/server/secret/secret.ts";

const value = "s3cr3t-value-of-a-token";

describe("a Secret", () => {
  const secret = new Secret(value);
  const ways: [string, () => unknown][] = [
    ["JSON", () => JSON.stringify({ secret })],
    ["a template", () => `${secret}`],
    ["String()", () => String(secret)],
    ["concatenation", () => `x${secret as unknown as string}`],
    ["util.inspect", () => inspect({ secret }, { showHidden: true, depth: 9 })],
    ["util.format", () => format("%s %o %j", secret, secret, secret)],
    ["spreading", () => JSON.stringify({ ...secret })],
    ["Object.entries", () => JSON.stringify(Object.entries(secret))],
    ["superjson", () => superjson.stringify({ secret })],
    ["structuredClone", () => inspect(structuredClone({ ...secret }))],
  ];

  it.each(ways)("does not show itself in %s", (_, show) => {
    expect(String(show())).not.toContain(value);
  });

  it("gives its value to who asks for it", () => {
    expect(secret.reveal()).toBe(value);
  });
});

describe("equalSecrets", () => {
  it("tells equal from different, also for different lengths", () => {
    expect(equalSecrets("abc", "abc")).toBe(true);
    expect(equalSecrets("abc", "abd")).toBe(false);
    expect(equalSecrets("abc", "abcd")).toBe(false);
    expect(equalSecrets("", "a")).toBe(false);
  });
});

it("hashOf is SHA-256 in base64url", () => {
  expect(hashOf("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
});

describe("secretCheck", () => {
  it("tells the secret from every other text", () => {
    const isSecret = secretCheck("abc");

    expect(isSecret("abc")).toBe(true);
    for (const other of ["abd", "abcd", "ab", "", "ABC"]) expect(isSecret(other)).toBe(false);
  });
});
