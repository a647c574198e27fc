import { describe, expect, it } from "vitest";
import { formPostScriptSource } from "../../../src/server/engine/authorization/response/form-post.ts";
import {
  handOver,
  problemPage,
  redirectTo,
  seeOther,
} from "../../../src/server/http/authorization-response.ts";
import { texts } from "../../../src/server/http/authorization-texts.ts";
import { formPostPolicy } from "../../../src/server/http/form-post-policy.ts";
import { style, styleSource } from "../../../src/server/http/html/style.ts";
import { withoutOldest } from "../../../src/server/http/interaction-cookies.ts";
import { handleIn, interactionPath } from "../../../src/server/http/interaction-path.ts";

const place = { origin: "https://gate.example", language: "en" } as const;
const client = { name: '<b>"App"</b>', home: "https://app.example/?a=1&b=2" };
const location = "https://app.example/cb?code=c&state=%22s%22&iss=x";

describe("answers to people", () => {
  it("a redirect at once is 302 and nothing else", async () => {
    const response = redirectTo(place, location);
    expect([response.status, response.headers.get("location"), await response.text()]).toEqual([
      302,
      location,
      "",
    ]);
  });

  it("after a form of ours a page leads on, by itself and by a link, and tells nobody where it was", async () => {
    const response = handOver(place, { kind: "redirect", location, client });
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get("refresh")).toBe(`0;url=${location}`);
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(text).toContain(`href="${location.replaceAll("&", "&amp;")}"`);
    expect(text).toContain("&lt;b&gt;&quot;App&quot;&lt;/b&gt;");
    expect(text).not.toContain("<b>");
  });

  it("a page of ours runs nothing, loads nothing and is framed by nobody", async () => {
    const response = problemPage(place, { kind: "problem", problem: "REQUEST_OVER", client });
    const policy = response.headers.get("content-security-policy") ?? "";
    const text = await response.text();
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(styleSource);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("script-src");
    expect(text).toContain(`<style>${style}</style>`);
    expect(text).not.toMatch(/<script|style="|onload/);
    expect(text).toContain('href="https://app.example/?a=1&amp;b=2"');
  });

  it("every problem has its words in every language, and a status that is no success", async () => {
    for (const language of ["en", "ja"] as const) {
      for (const problem of Object.keys(texts.en.problems) as (keyof typeof texts.en.problems)[]) {
        const response = problemPage(
          { ...place, language },
          { kind: "problem", problem, correlationId: "id-1" },
        );
        const text = await response.text();
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(text).toContain(`<html lang="${language}">`);
        expect(text).toContain(texts[language].problems[problem].title);
        expect(text).toContain("id-1");
      }
    }
  });

  it("going on is 303, whatever the browser came with (RFC 9700 §4.12)", () => {
    expect(seeOther(place, "/login").status).toBe(303);
  });

  it("the engine's page may send itself, by its own script", () => {
    expect(formPostPolicy).toContain(formPostScriptSource);
    expect(formPostPolicy).toContain("default-src 'none'");
    expect(formPostPolicy).not.toContain("'unsafe-inline'");
  });
});

describe("paths and cookies of requests", () => {
  it("a handle is read from its own path and from no other", () => {
    const handle = "h".repeat(43);
    expect(handleIn(interactionPath(handle))).toBe(handle);
    for (const path of [
      `/oauth/interaction/${handle}x`,
      `/oauth/interaction/${handle}/`,
      `/x/${handle}`,
      "/",
      "",
    ])
      expect(handleIn(path)).toBeUndefined();
  });

  it("the oldest cookies of requests make room", () => {
    const cookies = Array.from({ length: 13 }, (_, at) => `ia-${at}=v`).join("; ");
    expect(withoutOldest(`session=x; ${cookies}`, "ia-")).toEqual(["ia-0", "ia-1"]);
    expect(withoutOldest("ia-1=v", "ia-")).toEqual([]);
    expect(withoutOldest(null, "ia-")).toEqual([]);
  });
});
