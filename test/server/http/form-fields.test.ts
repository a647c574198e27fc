import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundaryOf, readFormFields } from "../../../src/server/http/form-fields.ts";

const read = (text: string, boundary = "XX") => readFormFields(Buffer.from(text, "latin1"), boundary);
const part = (name: string, value: string) =>
  `--XX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const END = "--XX--\r\n";

describe("the fields of a form", () => {
  it("are read as fetch writes them, whatever stands in them", async () => {
    const names = fc.constantFrom("username", "next", "$ACTION_1:0", "1_$ACTION_KEY");
    const values = fc.string({ unit: "binary" }).filter((value) => value.isWellFormed());
    const property = fc.asyncProperty(fc.array(fc.tuple(names, values)), async (fields) => {
      const form = new FormData();
      // A form has no other line breaks, whatever was typed.
      const sent = fields.map(([name, value]) => [name, value.replace(/\r\n?|\n/g, "\r\n")] as const);
      for (const [name, value] of sent) form.append(name, value);
      const request = new Request("http://x", { method: "POST", body: form });
      const boundary = boundaryOf(request.headers.get("content-type") ?? "") ?? "";
      expect(readFormFields(Buffer.from(await request.arrayBuffer()), boundary)).toEqual(sent);
    });
    await fc.assert(property);
  });

  it("may be none, and a name may come twice", () => {
    expect(read(END)).toEqual([]);
    expect(read("--XX--")).toEqual([]);
    expect(read(part("a", "1") + part("a", "") + END)).toEqual([
      ["a", "1"],
      ["a", ""],
    ]);
  });

  it.each([
    ["nothing", ""],
    ["no boundary", "garbage"],
    ["another boundary", part("a", "1").replaceAll("XX", "YY") + END],
    ["no end", part("a", "1")],
    ["an end that breaks off", `${part("a", "1")}--XX-`],
    ["something before", `x\r\n${part("a", "1")}${END}`],
    ["something after", `${part("a", "1")}${END}x`],
    ["a file", part('a"; filename="f', "1") + END],
    ["a type of its own", part("a", "1").replace("\r\n\r\n", "\r\nContent-Type: text/plain\r\n\r\n") + END],
    [
      "another encoding",
      part("a", "1").replace("\r\n\r\n", "\r\nContent-Transfer-Encoding: base64\r\n\r\n") + END,
    ],
    ["no name", part("a", "1").replace('; name="a"', "") + END],
    ["an empty name", part("", "1") + END],
    ["a name that no field has", part("a b", "1") + END],
    ["a name that is too long", part("a".repeat(65), "1") + END],
    ["a name without quotes", part("a", "1").replace('"a"', "a") + END],
    ["bare line feeds", (part("a", "1") + END).replaceAll("\r", "")],
    ["the boundary at the beginning of a value", part("a", "--XXY") + END],
    ["the boundary inside a value", part("a", "1--XX2") + END],
    ["the boundary at the end of a value", part("a", "1\r\n--XX") + END],
  ])("are not read with %s", (_, text) => {
    expect(read(text)).toBeUndefined();
  });

  it("are not lost in bytes that are no text", () => {
    expect(read(part("a", "\xff\x00") + END)).toEqual([["a", "\ufffd\u0000"]]);
  });
});

describe("the boundary", () => {
  it.each([
    [
      "multipart/form-data; boundary=----WebKitFormBoundaryAbCdEf0123456789",
      "----WebKitFormBoundaryAbCdEf0123456789",
    ],
    ["multipart/form-data; boundary=----geckoformboundary1a2b3c", "----geckoformboundary1a2b3c"],
    ["multipart/form-data;boundary=x", "x"],
  ])("is what a browser writes: %s", (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary);
  });

  it.each([
    "",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    'multipart/form-data; boundary="x"',
    "multipart/form-data; boundary=a b",
    "multipart/form-data; boundary=x; charset=utf-8",
    `multipart/form-data; boundary=${"x".repeat(71)}`,
    "multipart/mixed; boundary=x",
    "Multipart/Form-Data; boundary=x",
  ])("is nothing else: %j", (type) => {
    expect(boundaryOf(type)).toBeUndefined();
  });
});
