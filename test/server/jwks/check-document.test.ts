import { expect, test } from "vitest";
import { checkJwt, checkUriList } from "../../../src/server/jwks/check-document.ts";

test.each(["", "null", "{}", "[1]", '["https://a.example/", null]', '"https://a.example/"', "<html>"])(
  "%s is no list of URIs",
  (text) => {
    expect(() => checkUriList(text)).toThrow("not a list of URIs");
  },
);

test.each(["[]", '["https://a.example/"]'])("%s is a list of URIs", (text) => {
  expect(() => checkUriList(text)).not.toThrow();
});

test.each([
  "",
  "a",
  "a.b",
  "a.b.c.d",
  "a.b.c.d.e.f",
  ".b.c",
  "a.b.c d",
  "<html>",
  '{"a":1}',
  "a.b.ü",
  "a.b=.c",
])("%j is no JWT", (text) => {
  expect(() => checkJwt(text)).toThrow("not a JWT");
});

test.each(["a.b.c", "a.b.", "a..c", "a.b.c.d.e", " a.b.c\r\n"])("%j may be a JWT", (text) => {
  expect(() => checkJwt(text)).not.toThrow();
});
