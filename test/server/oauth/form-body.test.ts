import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OAuthError } from "../../../src/server/oauth/error.ts";
import { formDecode, parseFormBody, requireFormType } from "../../../src/server/oauth/form-body.ts";

function errorOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof OAuthError) return error.error;
    throw error;
  }
  return undefined;
}

describe("parseFormBody", () => {
  it("reads names and values, decoded", () => {
    const form = parseFormBody("grant_type=client_credentials&sc%6Fpe=a+b%20c&caf%C3%A9=%E2%82%AC");
    expect(Object.fromEntries(form.parameters)).toEqual({
      grant_type: "client_credentials",
      scope: "a b c",
      café: "€",
    });
  });

  it("keeps the text byte for byte when every parameter has a value", () => {
    const text = "grant_type=password&username=a%2Bb&password=%3D%26&x=+";
    expect(parseFormBody(text).text).toBe(text);
  });

  it.each(["scope=", "scope", "scope=&&", "&scope"])(
    "counts %j as not sent, and takes it out of the text",
    (empty) => {
      const form = parseFormBody(`grant_type=client_credentials&${empty}`);
      expect(form.parameters.has("scope")).toBe(false);
      expect(form.text).toBe("grant_type=client_credentials");
    },
  );

  it.each(["scope=a&scope=a", "scope=&scope=a", "scope=a&scope", "scope=a&sc%6Fpe=b", "unknown=1&unknown=2"])(
    "refuses %j: a parameter sent twice",
    (text) => {
      expect(errorOf(() => parseFormBody(text))).toBe("invalid_request");
    },
  );

  it("lets resource and audience repeat, and keeps all of them in the text", () => {
    const text = "resource=https%3A%2F%2Fa&resource=https%3A%2F%2Fb&audience=c&audience=d";
    expect(parseFormBody(text).text).toBe(text);
    expect(parseFormBody(text).parameters.get("resource")).toBe("https://a");
  });

  it.each(["a=%", "a=%1", "a=%zz", "%=a", "a=%ff", "a=%C3", "a=%ED%A0%80", "a=\uFFFD"])(
    "refuses %j: broken encoding",
    (text) => {
      expect(errorOf(() => parseFormBody(text))).toBe("invalid_request");
    },
  );

  it("takes a percent-encoded U+FFFD for the character that it is", () => {
    expect(parseFormBody("a=%EF%BF%BD").parameters.get("a")).toBe("\uFFFD");
  });

  it("keeps names that mean something to JavaScript apart", () => {
    const { parameters } = parseFormBody("__proto__=1&constructor=2");
    expect([...parameters]).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]);
  });

  it("reads what URLSearchParams writes, and its text reads the same again", async () => {
    const value = fc.string({ unit: "binary" }).filter((text) => text.isWellFormed());
    const property = fc.property(fc.dictionary(value, value), (given) => {
      const form = parseFormBody(new URLSearchParams(given).toString());
      const expected = Object.entries(given).filter(([, text]) => text !== "");
      expect(new Map(form.parameters)).toEqual(new Map(expected));
      expect(new Map(new URLSearchParams(form.text))).toEqual(new Map(expected));
    });
    await fc.assert(property);
  });

  it("answers any text with a form or with invalid_request", async () => {
    const property = fc.property(fc.string({ unit: "binary" }), (text) => {
      expect([undefined, "invalid_request"]).toContain(errorOf(() => parseFormBody(text)));
    });
    await fc.assert(property);
  });
});

describe("requireFormType", () => {
  it.each([
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded;charset=UTF-8",
    "application/x-www-form-urlencoded; charset=utf-8",
    'Application/X-WWW-Form-Urlencoded ; charset="utf-8"',
    "application/x-www-form-urlencoded;",
  ])("takes %j", (type) => {
    expect(errorOf(() => requireFormType(type))).toBeUndefined();
  });

  it.each([
    null,
    "",
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencodedx",
    "application/x-www-form-urlencoded, application/json",
    "application/x-www-form-urlencoded;charset=iso-8859-1",
    "application/x-www-form-urlencoded;charset=utf-16",
    "text/plain;application/x-www-form-urlencoded",
  ])("refuses %j", (type) => {
    expect(errorOf(() => requireFormType(type))).toBe("invalid_request");
  });
});

describe("formDecode", () => {
  it("undoes the form encoding of any text", async () => {
    const property = fc.property(
      fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
      (text) => {
        const encoded = new URLSearchParams([["", text]]).toString().slice(1);
        expect(formDecode(encoded)).toBe(text);
      },
    );
    await fc.assert(property);
  });
});
