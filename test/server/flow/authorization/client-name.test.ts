import { describe, expect, it } from "vitest";
import { inLanguage } from "../../../../src/server/flow/authorization/client-name.ts";
import { request } from "./documents.ts";

describe("the name of a client", () => {
  const { client } = request();

  it.each([
    ["ja", "店"],
    ["fr", client.name],
    ["en", client.name],
  ])("in %s is %s", (language, name) => {
    const names = [{ tag: "ja-JP", value: "店" }, { tag: "en", value: "" }, { value: "no tag" }];
    expect(inLanguage({ ...client, names }, language).name).toBe(name);
  });

  it("is the one it has when it has no other", () => {
    expect(inLanguage(client, "ja")).toEqual(client);
  });
});
