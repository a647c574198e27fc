import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import type { Leak, LeakScanner } from "../../support/leak-scanner.ts";
import type { Recorded } from "./recorder.ts";

/** The classes of what leaves the server, and the names of the secrets that are meant to be there. */
const meant = {
  HTML: ["form token"],
  "RSC payload": ["form token"],
  script: [],
  "tRPC answer": ["handle"],
  /** Style sheets, pictures, redirects, public keys. */
  other: [],
  /** Any answer with a status of 400 or more, whatever its form and whoever asked. */
  error: [],
  header: [],
  "Set-Cookie": ["cookie"],
  "browser storage": [],
  log: [],
  bundle: [],
} as const satisfies Record<string, readonly string[]>;

export type SurfaceKind = keyof typeof meant;

export const surfaceKinds = Object.keys(meant) as SurfaceKind[];

/** One text that left the server. */
export type Surface = { kind: SurfaceKind; name: string; text: string };

/** Where a program without credentials yet is given some: a client that registers itself. */
const GIVES_CREDENTIALS: ReadonlySet<string> = new Set(["POST /oauth/register"]);

/**
 * The surfaces of an answer: its headers and its body. A back end may get tokens, so of what it was answered only the errors are
 * searched.
 */
export function surfacesOf({ method, path, authorization, answer }: Recorded): Surface[] {
  const { "set-cookie": cookies = [], ...headers } = answer.headers;
  const name = `${method} ${path}`;
  const lines = Object.entries(headers).map(([header, value]) => `${header}: ${[value].flat().join("\n")}`);
  const kind = kindOf(path, answer);
  return [
    { kind: "header", name, text: lines.join("\n") },
    { kind: "Set-Cookie", name, text: [cookies].flat().join("\n") },
    ...((authorization !== undefined || GIVES_CREDENTIALS.has(name)) && kind !== "error"
      ? []
      : [{ kind, name, text: answer.text }]),
  ];
}

function kindOf(path: string, { status, headers }: Recorded["answer"]): SurfaceKind {
  if (status >= 400) return "error";
  if (path.startsWith("/api/trpc/")) return "tRPC answer";
  const type = String(headers["content-type"] ?? "");
  if (type.startsWith("text/x-component")) return "RSC payload";
  if (type.startsWith("text/html")) return "HTML";
  return type.startsWith("application/javascript") ? "script" : "other";
}

/** What scripts could read in the browser now, and what it keeps. */
export async function storageSurfaces(context: BrowserContext): Promise<Surface[]> {
  const { origins } = await context.storageState();
  const scripts = await Promise.all(
    context
      .pages()
      .map((page) => page.evaluate(() => JSON.stringify([document.cookie, { ...sessionStorage }]))),
  );
  return [...scripts, JSON.stringify(origins)].map((text) => ({
    kind: "browser storage",
    name: "storage",
    text,
  }));
}

/** Everything that servers have written so far. */
export function logSurfaces(servers: readonly { output: () => string }[]): Surface[] {
  return servers.map(({ output }) => ({ kind: "log", name: "output", text: output() }));
}

/** The files that the build made for browsers. */
export function bundleSurfaces(folder = ".next/static"): Surface[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ kind: "bundle", name: file, text: readFileSync(file, "utf8") }));
}

/** Secrets where they are not meant to be. A text that was sent many times is searched once. */
export function leaksIn(surfaces: readonly Surface[], scanner: LeakScanner): Leak[] {
  const different = new Map(surfaces.map((surface) => [`${surface.kind} ${surface.text}`, surface]));
  return [...different.values()].flatMap(({ kind, name, text }) =>
    scanner.scan(`${kind}: ${name}`, text, meant[kind]),
  );
}

/** The classes of which there is something to search. */
export function kindsIn(surfaces: readonly Surface[]): SurfaceKind[] {
  const full = surfaces.filter(({ text }) => text.trim() !== "");
  return surfaceKinds.filter((kind) => full.some((surface) => surface.kind === kind));
}
