import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clientExtensionSchema, clientSchema } from "../../src/server/authlete/client.ts";
import { type Operation, operations } from "../../src/server/authlete/operations.ts";
import { serviceSchema } from "../../src/server/authlete/service.ts";
import { unavailableOperations } from "../../src/server/engine/engine.ts";
import { tableUnder } from "./markdown-table.ts";

const page = readFileSync("docs/engine.md", "utf8");

/** A row of a table that says with which code a member is refused. */
const CODE_OF_MEMBER = /^\s*\w+: "A\d{6}",$/gm;

/** Where settings are only checked, handed on or published: nothing there acts on them. */
const registers =
  /(service-settings|service-uris|client-settings|client-checks|metadata-names|seed)\.ts$|(service\/configuration|provider)\//;
const code = globSync("src/server/engine/**/*.ts")
  .filter((file) => !registers.test(file))
  .map((file) => readFileSync(file, "utf8").replace(CODE_OF_MEMBER, ""))
  .join("\n");

describe("docs/engine.md", () => {
  it("lists every operation with its routes, and whether the engine carries it out", () => {
    const rows = Object.entries(operations) as [keyof typeof operations, Operation][];
    const expected = rows.map(([name, operation]) => [
      name,
      [operation, ...(operation.aliases ?? [])]
        .map(({ method, path }) => routeText(operation, { method, path }))
        .join(", "),
      unavailableOperations.includes(name) ? "no" : "yes",
    ]);
    expect(tableUnder(page, "Operations").map(([name, routes, offered]) => [name, routes, offered])).toEqual(
      expected,
    );
  });

  it.each([
    ["Service", serviceSchema.shape],
    ["Client", { ...clientSchema.shape, ...clientExtensionSchema.shape }],
  ])("lists exactly the members of a %s that do nothing, each with the reason", (owner, shape) => {
    const listed = tableUnder(page, "Settings that do nothing")
      .filter(([whose]) => whose === owner)
      .flatMap(([, members, reason]) => (reason ? (members ?? "").split(", ") : []));
    const idle = Object.keys(shape).filter((member) => !new RegExp(`\\b${member}\\b`).test(code));
    expect(listed.toSorted()).toEqual(idle.toSorted());
  });
});

function routeText(
  { outsideService }: Operation,
  { method, path }: { method: string; path: string },
): string {
  return `${method} ${outsideService ? "/api/" : ""}${path}`;
}
