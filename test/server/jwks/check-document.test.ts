import { expect, test } from "vitest";
import { checkUriList } from "../../../src/server/jwks/check-document.ts";

test.each(["", "null", "{}", "[1]", '["https://a.example/", null]', '"https://a.example/"', "<html>"])(
  "%s is no list of URIs",
  (text) => {
    expect(() => checkUriList(text)).toThrow("not a list of URIs");
  },
);

test.each(["[]", '["https://a.example/"]'])("%s is a list of URIs", (text) => {
  expect(() => checkUriList(text)).not.toThrow();
});
