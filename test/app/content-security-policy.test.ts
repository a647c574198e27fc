import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../src/app/_guard/content-security-policy.ts";
import { pageHeaders } from "../../src/server/http/page-headers.ts";

function directives(policy: string): Record<string, string> {
  return Object.fromEntries(
    policy.split("; ").map((directive) => {
      const space = directive.indexOf(" ");
      return [directive.slice(0, space), directive.slice(space + 1)];
    }),
  );
}

describe("content security policy", () => {
  it("lets only scripts with the nonce run, and nobody frame, re-base or post elsewhere", () => {
    expect(directives(contentSecurityPolicy("abc", { development: false }))).toMatchObject({
      "default-src": "'none'",
      "script-src": "'self' 'nonce-abc' 'strict-dynamic'",
      "script-src-attr": "'none'",
      "style-src": "'self' 'nonce-abc'",
      "object-src": "'none'",
      "base-uri": "'none'",
      "form-action": "'self'",
      "frame-ancestors": "'none'",
    });
  });

  it("weakens nothing but scripts, styles and the socket in development", () => {
    const production = directives(contentSecurityPolicy("abc", { development: false }));
    const development = directives(contentSecurityPolicy("abc", { development: true }));
    const changed = Object.keys(production).filter((name) => production[name] !== development[name]);
    expect(changed).toEqual(["script-src", "style-src", "connect-src"]);
    expect(contentSecurityPolicy("abc", { development: false })).not.toContain("unsafe");
  });
});

describe("headers of a page", () => {
  it("asks for https for two years, and only where there is https", () => {
    expect(pageHeaders("https://login.example.com")["strict-transport-security"]).toMatch(
      /^max-age=63072000/,
    );
    expect(pageHeaders("http://localhost:3000")["strict-transport-security"]).toBeUndefined();
  });

  it("keeps pages out of caches and the address out of other sites", () => {
    expect(pageHeaders("http://localhost:3000")).toMatchObject({
      "cache-control": "private, no-store",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "cross-origin-opener-policy": "same-origin",
    });
  });
});
