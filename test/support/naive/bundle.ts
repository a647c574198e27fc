import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { bundledWith } from "../../attack/import-graph.ts";

/**
 * A script for browsers, as a plain bundler makes it: a file and all that it imports, with the public variables of the environment put in
 * where they are named.
 */
export function bundleNaively(entry: string, env: Record<string, string>): string {
  const files = [...bundledWith([entry])].filter((file) => file.endsWith(".ts"));
  const script = files.map((file) => stripTypeScriptTypes(readFileSync(file, "utf8"))).join("\n");
  return script.replace(/process\.env\.(?<name>NEXT_PUBLIC_\w+)/g, (_, name: string) =>
    JSON.stringify(env[name]),
  );
}
