import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readConfig } from "../../src/server/config.ts";
import { developmentState } from "../../src/server/development.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ticketgate-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("generates a configuration that runs, once, and keeps it to the owner of the files", () => {
  const state = join(folder, "state");
  const first = developmentState(state);
  expect(readConfig({ NODE_ENV: "development", ...first.environment }).engine).toMatchObject({
    kind: "embedded",
  });
  expect(developmentState(state)).toEqual(first);
  expect(statSync(join(state, "development.json")).mode & 0o077).toBe(0);
  expect(statSync(state).mode & 0o077).toBe(0);
});

it("gives each checkout its own secrets", () => {
  const one = developmentState(join(folder, "one"));
  const two = developmentState(join(folder, "two"));
  expect(one.demoUser.password).not.toBe(two.demoUser.password);
  for (const name of Object.keys(one.environment))
    expect(one.environment[name]).not.toBe(two.environment[name]);
});

it("does not start in production with them", () => {
  const { environment } = developmentState(folder);
  expect(() =>
    readConfig({ NODE_ENV: "production", TICKETGATE_ORIGIN: "https://a.example", ...environment }),
  ).toThrow(/TICKETGATE_SEALING_KEYS.*TICKETGATE_CLIENT_SECRET.*TICKETGATE_ENGINE_TOKEN/s);
});

it("says which file is damaged instead of replacing secrets that are in use", () => {
  writeFileSync(join(folder, "development.json"), "{}");
  expect(() => developmentState(folder)).toThrow(/development\.json is damaged/);
});
