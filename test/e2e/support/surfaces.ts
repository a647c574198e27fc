import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Response } from "playwright-core";

/** The classes of what leaves the server. */
export const surfaceKinds = [
  "HTML",
  "RSC payload",
  "script",
  "tRPC answer",
  "header",
  "browser storage",
  "log",
  "bundle",
] as const;

/** One text that left the server. */
export type Surface = { kind: (typeof surfaceKinds)[number]; name: string; text: string };

/**
 * Writes down everything that a browser gets, until `surfaces` is called: bodies by kind, headers, and what is kept in the
 * browser's storage. A `Set-Cookie` header is left out here: cookies are looked at by name.
 */
export function recordSurfaces(context: BrowserContext): { surfaces: () => Promise<Surface[]> } {
  const pending: Promise<Surface[]>[] = [];
  context.on("response", (response) => pending.push(surfacesOf(response)));
  return {
    async surfaces() {
      const received = (await Promise.all(pending)).flat();
      return [...received, ...(await storageOf(context))];
    },
  };
}

async function surfacesOf(response: Response): Promise<Surface[]> {
  const { pathname } = new URL(response.url());
  const name = `${response.request().method()} ${pathname}`;
  const all = await response.headersArray();
  const headers = all.filter((header) => header.name.toLowerCase() !== "set-cookie");
  const text = await response.text().catch(() => "");
  return [
    { kind: "header", name, text: headers.map((header) => `${header.name}: ${header.value}`).join("\n") },
    { kind: kindOf(pathname, response.headers()["content-type"] ?? ""), name, text },
  ];
}

function kindOf(pathname: string, contentType: string): Surface["kind"] {
  if (pathname.startsWith("/api/trpc/")) return "tRPC answer";
  if (contentType.startsWith("text/x-component")) return "RSC payload";
  return contentType.startsWith("text/html") ? "HTML" : "script";
}

async function storageOf(context: BrowserContext): Promise<Surface[]> {
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

/** The files that the build made for browsers. */
export function bundleSurfaces(folder = ".next/static"): Surface[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ kind: "bundle", name: file, text: readFileSync(file, "utf8") }));
}
