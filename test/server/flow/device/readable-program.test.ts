import { expect, it } from "vitest";
import { readableProgram } from "../../../../src/server/flow/device/readable-program.ts";

it.each([
  ["curl/8.5.0", "curl 8.5.0"],
  ["TV-App/2.1 (SmartTV; Linux) Player_x/3", "TV-App 2.1 Player_x 3"],
  ["App (never closed", "App"],
  ["Your bank: “press Allow” <b>now</b>", "Your bank press Allow b now b"],
  ["a\u0000b\u001b[31mc\u007f", "a b 31mc"],
  ["left\u202eright\u2066\u200f", "left right"],
  ["\u00e4pfel", "pfel"],
])("reads %j as %j", (userAgent, program) => {
  expect(readableProgram(userAgent)).toBe(program);
});

it.each([null, "", " ", "(only a comment)", "\u202e\u0007", "日本"])("reads nothing in %j", (userAgent) => {
  expect(readableProgram(userAgent)).toBeUndefined();
});

it("cuts what is long, however long it is", () => {
  expect(readableProgram("a".repeat(60))).toBe("a".repeat(60));
  expect(readableProgram("a".repeat(61))).toBe(`${"a".repeat(59)}…`);
  expect(readableProgram("x ".repeat(1_000_000))?.length).toBeLessThanOrEqual(60);
});
