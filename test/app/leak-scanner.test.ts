import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLeakScanner } from "../support/leak-scanner.ts";

const secret = 'tk/9+Yq&"Zx~canary-0123';

function scannerOf(value = secret) {
  const scanner = createLeakScanner();
  scanner.remember("canary", value);
  return scanner;
}

const encodings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  "percent-encoded": encodeURIComponent,
  "form-encoded": (text) => new URLSearchParams({ x: text }).toString(),
  "JSON text": JSON.stringify,
  "JSON in JSON": (text) => JSON.stringify(JSON.stringify({ text })),
  hexadecimal: (text) => Buffer.from(text).toString("hex"),
  base64: (text) => Buffer.from(text).toString("base64"),
  "base64 of Basic credentials": (text) => Buffer.from(`1001:${text}`).toString("base64"),
  base64url: (text) => Buffer.from(`{"a":"${text}"}`).toString("base64url"),
  HTML: (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;"),
};

describe("leak scanner", () => {
  it.each(Object.keys(encodings))("finds a secret that is %s", (name) => {
    const text = `before ${encodings[name]?.(secret)} after`;
    expect(scannerOf().scan("page", text)).toContainEqual(expect.objectContaining({ secret: "canary" }));
  });

  it("finds any secret in base64, whatever stands before and after it", () => {
    const token = fc.stringMatching(/^[\w-]{16,60}$/);
    fc.assert(
      fc.property(token, fc.string(), fc.string(), (value, before, after) => {
        const text = Buffer.from(before + value + after).toString("base64url");
        expect(scannerOf(value).scan("page", text)).not.toEqual([]);
      }),
    );
  });

  it("finds a secret that is cut in two by the scripts of an RSC payload", () => {
    const [left, right] = [secret.slice(0, 9), secret.slice(9)].map((part) => JSON.stringify(part));
    const html = `<script>self.__next_f.push([1,${left}])</script><script>self.__next_f.push([1,${right}])</script>`;
    expect(scannerOf().scan("page", html)).toHaveLength(1);
    expect(scannerOf().scan("page", html.replace("canary", "carnal"))).toEqual([]);
  });

  it("finds the signature of a JWT without its other parts", () => {
    const jwt = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJvbmUtcGVyc29uIn0.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
    const leaks = scannerOf(jwt).scan("log", "signature c2lnbmF0dXJlLW9mLXRoZS10b2tlbg");
    expect(leaks.map((leak) => leak.secret)).toEqual(["canary, signature"]);
  });

  it("finds nothing where nothing is, and allows what is allowed", () => {
    expect(scannerOf().scan("page", "an ordinary page")).toEqual([]);
    expect(scannerOf().scan("Set-Cookie", secret, ["canary"])).toEqual([]);
    expect(scannerOf().scan("Set-Cookie", secret)).not.toEqual([]);
  });

  it("looks for thousands of secrets at once, and tells which one it was", () => {
    const scanner = createLeakScanner();
    const values = Array.from({ length: 5_000 }, (_, index) =>
      hash("sha256", `canary ${index}`, "base64url"),
    );
    for (const [index, value] of values.entries()) scanner.remember(`number ${index}`, value);
    const page = "<p>an ordinary page</p>".repeat(40_000);
    expect(scanner.scan("page", page)).toEqual([]);
    const leaks = scanner.scan("page", `${page}${values[4_321]}`);
    expect(leaks.map(({ secret }) => secret)).toEqual(["number 4321"]);
    expect(leaks[0]?.position).toBe(page.length);
  });

  it("keeps the first name of a secret, whatever is remembered of it later", () => {
    const scanner = scannerOf();
    scanner.remember("another name", secret);
    expect(scanner.size()).toBe(1);
    expect(scanner.names()).toEqual(["canary"]);
    expect(scanner.scan("page", secret, ["canary"])).toEqual([]);
    expect(scanner.scan("page", secret, ["another name"])).not.toEqual([]);
  });

  it("never repeats the secret in its report", () => {
    const report = JSON.stringify(scannerOf().scan("page", secret));
    expect(scannerOf().scan("report", report)).toEqual([]);
  });

  it("refuses a secret that ordinary text would contain", () => {
    expect(() => createLeakScanner().remember("short", "abc")).toThrow(RangeError);
  });
});
