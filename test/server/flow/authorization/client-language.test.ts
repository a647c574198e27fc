import { describe, expect, it } from "vitest";
import { inLanguage } from "../../../../src/server/flow/authorization/client-language.ts";
import { request } from "./documents.ts";

describe("what a client says of itself", () => {
  const { client } = request();

  it.each([
    ["ja", "店"],
    ["fr", client.name],
    ["en", client.name],
  ])("in %s has the name %s", (language, name) => {
    const names = [{ tag: "ja-JP", value: "店" }, { tag: "en", value: "" }, { value: "no tag" }];
    expect(inLanguage({ ...client, localised: { name: names } }, language).name).toBe(name);
  });

  it("has the pages and the logo of a language, and keeps the others", () => {
    const plain = { ...client, logo: "https://app.example/logo", policy: "https://app.example/policy" };
    const localised = {
      logo: [{ tag: "ja", value: "https://app.example/ja/logo" }],
      terms: [{ tag: "JA-jp", value: "https://app.example/ja/terms" }],
      home: [{ tag: "fr", value: "https://app.example/fr" }],
    };
    expect(inLanguage({ ...plain, localised }, "ja")).toEqual({
      ...plain,
      localised,
      logo: "https://app.example/ja/logo",
      terms: "https://app.example/ja/terms",
    });
  });

  it("is what it is when it says nothing else", () => {
    expect(inLanguage(client, "ja")).toEqual(client);
  });
});
