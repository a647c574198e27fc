import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/server/config.ts";
import { environmentSchema } from "../../src/server/environment.ts";
import { catalogue } from "../../src/server/flow/error.ts";
import { endpointTable } from "../../src/server/http/table.ts";
import { openServices, type Services } from "../../src/server/services.ts";
import { tableUnder } from "./markdown-table.ts";

const readme = readFileSync("README.md", "utf8");

describe("the README", () => {
  it("lists every environment variable with its default and meaning, and no other", () => {
    const expected = Object.entries(environmentSchema.shape).map(([name, schema]) => {
      const fallback = schema.safeParse(undefined);
      const value = fallback.success ? fallback.data : undefined;
      const text =
        value === undefined || (Array.isArray(value) && value.length === 0) ? "" : [value].flat().join(" ");
      return [name, text, (schema.description ?? "").replaceAll("`", "")];
    });
    expect(tableUnder(readme, "Configuration")).toEqual(expected);
    for (const [name, , meaning] of expected) expect(meaning, name).not.toBe("");
  });

  it("lists every code of the error catalogue", () => {
    expect(tableUnder(readme, "Errors").map(([code, status, text]) => [code, status, text])).toEqual(
      Object.entries(catalogue).map(([code, { status, text }]) => [code, String(status), text]),
    );
  });
});

describe("the README's endpoint table", () => {
  const secret = "documentation-test".padEnd(40, "x");
  let services: Services;
  beforeAll(async () => {
    const config = readConfig({
      NODE_ENV: "test",
      TICKETGATE_SEALING_KEYS: secret,
      TICKETGATE_CLIENT_SECRET: secret,
      TICKETGATE_ENGINE_TOKEN: secret,
    });
    services = await openServices(config, { database: ":memory:" });
  });
  afterAll(() => services.close());

  it("equals the table that the server answers from", () => {
    const expected = endpointTable(services).map(({ path, methods, specification }) => [
      path,
      methods.join(", "),
      specification,
    ]);
    expect(
      tableUnder(readme, "Endpoints").map(([path, methods, , specification]) => [
        path,
        methods,
        specification,
      ]),
    ).toEqual(expected);
  });
});
