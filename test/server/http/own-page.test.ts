import { describe, expect, it } from "vitest";
import { comesFromOwnPage } from "../../../src/server/http/own-page.ts";

const trusted = ["http://localhost:3000", "http://127.0.0.1:3000"];

function allowed(method: string, headers: Record<string, string>): boolean {
  return comesFromOwnPage({ method, headers: new Headers(headers) }, trusted);
}

describe("the check of where a request comes from", () => {
  it.each<Record<string, string>>([
    { "sec-fetch-site": "same-origin", origin: "http://localhost:3000" },
    { "sec-fetch-site": "same-origin" },
    { origin: "http://localhost:3000" },
    { origin: "http://127.0.0.1:3000" },
  ])("lets a form of this server's own page through: %o", (headers) => {
    expect(allowed("POST", headers)).toBe(true);
  });

  it.each<Record<string, string>>([
    {},
    { origin: "null" },
    { origin: "" },
    { origin: "https://evil.example" },
    { origin: "http://localhost:3000.evil.example" },
    { origin: "http://localhost:3001" },
    { origin: "https://localhost:3000" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: "http://localhost:3000" },
    { "sec-fetch-site": "none" },
    { "sec-fetch-site": "", origin: "http://localhost:3000" },
    { "sec-fetch-site": "same-origin", origin: "https://evil.example" },
    { "sec-fetch-site": "same-origin", origin: "null" },
    { "sec-fetch-site": "cross-site", origin: "http://localhost:3000" },
  ])("refuses a POST with %o", (headers) => {
    expect(allowed("POST", headers)).toBe(false);
    expect(allowed("DELETE", headers)).toBe(false);
  });

  it("lets everybody read", () => {
    expect(allowed("GET", { origin: "https://evil.example", "sec-fetch-site": "cross-site" })).toBe(true);
    expect(allowed("HEAD", {})).toBe(true);
  });
});
