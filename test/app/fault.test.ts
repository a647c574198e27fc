import { describe, expect, it } from "vitest";
import { languages } from "../../src/app/_language/language.ts";
import { pageFault, shownFault } from "../../src/app/_parts/fault.ts";
import { texts } from "../../src/app/_parts/texts.ts";
import { loginFault } from "../../src/app/(interaction)/login/login-fault.ts";
import { catalogue, type ErrorCode } from "../../src/server/flow/error.ts";

const codes = Object.keys(catalogue) as ErrorCode[];

it.each(codes)(
  "the English words of a failure are those of the catalogue, which no page may import: %s",
  (code) => {
    const { text, advice } = catalogue[code];
    expect(texts.en.faults[code]).toEqual({ text, advice });
  },
);

describe("the advice on a page", () => {
  it.each(codes)("speaks of a correlation id only where one is shown: %s", (code) => {
    for (const language of languages) {
      const { text, advice } = shownFault({ code, ...catalogue[code] }, language);
      expect(advice).not.toMatch(/correlation|相関/i);
      expect(advice.length).toBeGreaterThan(5);
      expect([text, advice].every((words) => /[.。]$/.test(words))).toBe(true);
    }
    const { advice } = catalogue[code];
    expect(shownFault({ text: "", advice, correlationId: "0f3b77ab" }, "en").advice).toBe(advice);
  });

  it("is in the language of the page, whatever language the failure came in", () => {
    const fault = {
      code: "ENGINE_UNAVAILABLE",
      ...catalogue.ENGINE_UNAVAILABLE,
      correlationId: "0f3b",
    } as const;
    expect(shownFault(fault, "ja").text).toBe("現在サインインを利用できません。");
    expect(shownFault(fault, "ja").advice).toContain("相関 ID");
    expect(shownFault(fault, "en")).toEqual({
      text: catalogue.ENGINE_UNAVAILABLE.text,
      advice: catalogue.ENGINE_UNAVAILABLE.advice,
    });
  });
});

describe("a page that could not be made", () => {
  it("has the digest of the server's failure as its correlation id", () => {
    const error = Object.assign(new Error("not shown"), { digest: "rdRCW0ytkWew" });
    const { text, advice } = catalogue.INTERNAL_ERROR;
    expect(pageFault(error)).toMatchObject({ text, advice, correlationId: "rdRCW0ytkWew" });
  });

  it.each([new Error("in the browser"), "text", undefined, { digest: "of no error" }])(
    "has none when it failed in the browser: %s",
    (error) => {
      const fault = pageFault(error);
      expect(fault.correlationId).toBeUndefined();
      expect(shownFault(fault, "en").advice).toBe("Try again.");
    },
  );
});

describe("the login form", () => {
  const badRequest = (fields?: Record<string, string[]>) =>
    loginFault({ code: "BAD_REQUEST", ...catalogue.BAD_REQUEST, ...(fields ? { fields } : {}) }, "en");

  it("asks for what is missing", () => {
    expect(badRequest({ username: ["is empty"], password: ["is empty"] }).text).toBe("Fill in both fields.");
    expect(badRequest({ username: ["is empty"] }).text).toBe("Fill in the user name.");
    expect(badRequest({ password: ["is empty"] }).text).toBe("Fill in the password.");
  });

  it("points at what is wrong in another way", () => {
    const long = ["has more than 100 characters"];
    expect(badRequest({ username: long }).advice).toContain("marked below");
    expect(badRequest({ username: long, password: ["is empty"] }).advice).toContain("marked below");
  });

  it("says so when no field of it is at fault", () => {
    expect(badRequest().text).toBe("The form could not be read.");
    expect(badRequest({ other: ["is not a field of this procedure"] }).text).toBe(
      "The form could not be read.",
    );
  });

  it.each(codes.filter((code) => code !== "BAD_REQUEST"))("says what the catalogue says: %s", (code) => {
    expect(loginFault({ code, ...catalogue[code] }, "en")).toMatchObject(catalogue[code]);
  });
});
