import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const IMPORT =
  /^\s*(?:import|export)\s+(?!type\s)(?<names>[^;"']*?from\s+)?["'](?<target>[^"']+)["']|\bimport\(\s*["'](?<lazy>[^"']+)["']/gm;

/** Whether a file begins with a directive, such as `use client`. */
export function hasDirective(file: string, directive: string): boolean {
  return new RegExp(`^\\s*["']${directive}["']`).test(readFileSync(file, "utf8"));
}

/** The files under a folder that begin with a directive. */
export function filesWithDirective(folder: string, directive: string): string[] {
  return globSync(`${folder}/**/*.{ts,tsx}`).filter((file) => hasDirective(file, directive));
}

/**
 * What a bundler takes along into a script for browsers: a file, and whatever it imports as a value. A file of server actions is where
 * that ends: its functions become addresses.
 *
 * @returns paths, and the names of packages.
 */
export function bundledWith(entries: readonly string[]): Set<string> {
  const found = new Set<string>();
  const pending = [...entries];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    if (/\.tsx?$/.test(next) && !hasDirective(next, "use server")) pending.push(...valueImportsOf(next));
  }
  return found;
}

function valueImportsOf(file: string): string[] {
  const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  return [...text.matchAll(IMPORT)]
    .filter(({ groups }) => !namesTypesOnly(groups?.names ?? ""))
    .map(({ groups }) => groups?.target ?? groups?.lazy ?? "")
    .map((target) => (target.startsWith(".") ? join(dirname(file), target) : target));
}

/** `import { type A, type B } from` is no import of a value either. */
function namesTypesOnly(clause: string): boolean {
  const inner = /^\{(?<inner>[^}]*)\}/.exec(clause)?.groups?.inner;
  const names = inner?.split(",").filter((name) => name.trim());
  return names !== undefined && names.length > 0 && names.every((name) => name.trim().startsWith("type "));
}
