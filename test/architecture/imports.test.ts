import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * What a folder may import: our own folders and files (by their path under src) and packages. The arrows of the design:
 * oauth <- authlete <- engine; authlete, session, account <- flow <- trpc, http <- app, main; store points inward.
 */
const allowed: Record<string, { own: string[]; packages: string[] }> = {
  "server/secret": { own: [], packages: ["node:crypto", "node:util"] },
  language: { own: [], packages: [] },
  "server/oauth": { own: [], packages: ["zod"] },
  "server/authlete": { own: ["server/oauth"], packages: ["zod"] },
  "server/engine": {
    own: ["server/oauth", "server/authlete", "server/secret"],
    packages: ["node:crypto", "node:util", "zod", "jose"],
  },
  "server/back-channel": {
    own: [
      "server/authlete",
      "server/jwks",
      "server/session/logout-notices.ts",
      "server/flow/backchannel/notify.ts",
      "server/log.ts",
    ],
    packages: ["jose"],
  },
  "server/client-command": { own: ["server/authlete", "server/oauth"], packages: [] },
  "server/assertion": { own: ["server/flow/jwt-bearer.ts"], packages: ["jose"] },
  "server/jwks": { own: [], packages: ["undici", "node:net", "node:dns/promises"] },
  "server/session": { own: ["server/secret", "server/authlete"], packages: ["node:crypto", "zod"] },
  "server/account": {
    own: ["server/secret", "server/oauth"],
    packages: [
      "@node-rs/argon2",
      "rate-limiter-flexible",
      "zod",
      "@zxcvbn-ts/language-common",
      "node:crypto",
    ],
  },
  "server/mail": { own: ["server/secret"], packages: ["nodemailer"] },
  "server/store": {
    own: [
      "server/engine/ports.ts",
      "server/engine/records.ts",
      "server/engine/artifacts.ts",
      "server/engine/keys.ts",
      "server/session/ports.ts",
      "server/session/records.ts",
      "server/session/interaction-store.ts",
      "server/session/backchannel-store.ts",
      "server/session/device-requester-store.ts",
      "server/session/session-client-store.ts",
      "server/account/ports.ts",
      "server/account/second-factor/ports.ts",
      "server/account/username.ts",
      "server/account/email.ts",
      "server/account/claims.ts",
      "server/authlete",
      "server/secret",
    ],
    packages: ["kysely", "node:sqlite", "node:async_hooks", "node:fs", "node:path", "pg", "zod"],
  },
  "server/flow": {
    own: [
      "language",
      "server/oauth",
      "server/authlete",
      "server/session",
      "server/account",
      "server/mail",
      "server/secret",
      "server/log.ts",
    ],
    packages: ["zod"],
  },
  "server/trpc": {
    own: [
      "server/flow",
      "server/session",
      "server/account",
      "server/authlete",
      "server/oauth",
      "server/secret",
      "server/log.ts",
    ],
    packages: ["@trpc/server", "superjson", "zod"],
  },
  "server/http": {
    own: [
      "server/trpc",
      "server/flow",
      "server/session",
      "server/oauth",
      "server/authlete",
      "server/engine/http.ts",
      "server/services.ts",
      "server/secret",
      "server/log.ts",
      "server/config.ts",
      "language",
    ],
    packages: ["@trpc/server", "superjson", "zod", "node:net", "node:http", "node:crypto"],
  },
  client: {
    own: [],
    packages: [
      "@trpc/client",
      "@trpc/tanstack-react-query",
      "@tanstack/react-query",
      "@trpc/server",
      "react",
      "superjson",
    ],
  },
  app: {
    own: [
      "client",
      "language",
      "server/services.ts",
      "server/trpc",
      "server/http",
      "server/session",
      "server/flow",
    ],
    packages: ["next", "react", "react-dom", "server-only", "zod", "@trpc/server", "uqr"],
  },
};

type Import = { file: string; target: string; typeOnly: boolean };

const IMPORT =
  /^\s*(?:import|export)\s+(?<type>type\s+)?(?<names>[^;"']*?from\s+)?["'](?<target>[^"']+)["']|\bimport\(\s*["'](?<lazy>[^"']+)["']\s*\)/gm;

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  return [...text.matchAll(IMPORT)].map(({ groups }) => {
    const target = (groups?.target ?? groups?.lazy) as string;
    const names = groups?.names?.replace(/from\s+$/, "").trim() ?? "";
    const inline =
      names.startsWith("{") &&
      names
        .slice(1, -1)
        .split(",")
        .filter((name) => name.trim())
        .every((name) => name.trim().startsWith("type "));
    return {
      file,
      target: target.startsWith(".") ? normalize(join(dirname(file), target)).replace(/^src\//, "") : target,
      typeOnly: groups?.type !== undefined || (names !== "" && inline),
    };
  });
}

const files = globSync("src/**/*.{ts,tsx}").toSorted();
const imports = files.flatMap(importsOf);

function folderOf(file: string): string | undefined {
  const path = file.replace(/^src\//, "");
  return Object.keys(allowed).find((folder) => path.startsWith(`${folder}/`));
}

function isAllowed({ target, typeOnly }: Import, folder: string): boolean {
  const rule = allowed[folder];
  if (!rule) return false;
  if (target.startsWith(`${folder}/`)) return true;
  if (folder === "client" && target.startsWith("server/")) return typeOnly;
  if (rule.own.some((own) => target === own || target.startsWith(`${own}/`))) return true;
  return rule.packages.some((name) => target === name || target.startsWith(`${name}/`));
}

describe("the arrows between folders", () => {
  it.each(Object.keys(allowed))("%s imports only what it may", (folder) => {
    const refused = imports
      .filter(({ file }) => folderOf(file) === folder)
      .filter((entry) => !isAllowed(entry, folder))
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(refused).toEqual([]);
  });

  it("reads imports of every form", () => {
    const probe = "test/architecture/probe.txt";
    expect(importsOf(probe)).toEqual([
      { file: probe, target: "next/headers", typeOnly: false },
      { file: probe, target: "zod", typeOnly: true },
      { file: probe, target: "kysely", typeOnly: true },
      { file: probe, target: "test/server/engine/engine.ts", typeOnly: false },
      { file: probe, target: "pg", typeOnly: false },
      { file: probe, target: "server-only", typeOnly: false },
    ]);
  });

  it("finds a forbidden arrow", () => {
    expect(
      isAllowed(
        { file: "src/server/engine/x.ts", target: "server/store/open.ts", typeOnly: true },
        "server/engine",
      ),
    ).toBe(false);
    expect(
      isAllowed({ file: "src/client/x.ts", target: "server/trpc/router.ts", typeOnly: false }, "client"),
    ).toBe(false);
    expect(
      isAllowed({ file: "src/client/x.ts", target: "server/trpc/router.ts", typeOnly: true }, "client"),
    ).toBe(true);
  });

  it("has no file under src/server that no rule covers, but the known ones at its top", () => {
    const top = files.filter((file) => !folderOf(file)).map((file) => file.replace("src/", ""));
    expect(top).toEqual([
      "instrumentation.ts",
      "proxy.ts",
      "server/add-user.ts",
      "server/bridge-response.ts",
      "server/clients.ts",
      "server/command.ts",
      "server/config.ts",
      "server/development.ts",
      "server/embedded-engine.ts",
      "server/engine-alone.ts",
      "server/engine-greeting.ts",
      "server/environment.ts",
      "server/log.ts",
      "server/main.ts",
      "server/nearest-name.ts",
      "server/pages.ts",
      "server/route-console.ts",
      "server/services.ts",
      "server/signing-keys.ts",
      "server/unknown-settings.ts",
    ]);
  });
});

describe("who may touch the outside world", () => {
  const reads = (pattern: RegExp) =>
    files.filter((file) => pattern.test(code(file))).map((file) => file.replace("src/", ""));

  it("reads process.env in config.ts only", () => {
    // `NEXT_RUNTIME` is a constant that Next puts in when it builds.
    const reading = /process\.env\b(?!\.NEXT_RUNTIME\b)|\benv\s*\}\s*=\s*process\b/;
    expect(reads(reading)).toEqual(["server/config.ts"]);
  });

  it.each(["server/oauth", "server/engine", "server/flow"])(
    "%s has no clock, randomness, process or console of its own",
    (folder) => {
      const found = files
        .filter((file) => folderOf(file) === folder)
        .filter((file) =>
          /\bDate\.now\b|new Date\(\)|Math\.random|randomBytes|randomUUID|\bprocess\.|\bconsole\./.test(
            code(file),
          ),
        )
        .filter((file) => file !== "src/server/engine/keys.ts");
      expect(found).toEqual([]);
    },
  );

  it("writes to the console nowhere", () => {
    expect(reads(/\bconsole\.(log|info|debug|warn)\b/)).toEqual([]);
  });
});

describe("directives", () => {
  const withDirective = (directive: string) =>
    files.filter((file) => new RegExp(`^\\s*["']${directive}["']`, "m").test(readFileSync(file, "utf8")));

  it("says 'use server' in these files only: everything they export can be called from the network", () => {
    expect(withDirective("use server")).toEqual([
      "src/app/(interaction)/ciba/actions.ts",
      "src/app/(interaction)/device/actions.ts",
      "src/app/(interaction)/login/actions.ts",
      "src/app/(interaction)/register/[token]/actions.ts",
      "src/app/(interaction)/register/actions.ts",
      "src/app/(interaction)/reset/[token]/actions.ts",
      "src/app/(interaction)/reset/actions.ts",
      "src/app/(interaction)/second-factor/[handle]/actions.ts",
      "src/app/(interaction)/verify/[token]/actions.ts",
      "src/app/_language/switch-language.ts",
      "src/app/account/actions.ts",
      "src/app/account/second-factor/actions.ts",
      "src/app/sign-out.ts",
    ]);
  });

  it("says 'use client' only in pages and hooks, and nothing there imports a value from the server", () => {
    const clients = withDirective("use client");
    expect(clients.filter((file) => !/^src\/(app|client)\//.test(file))).toEqual([]);
    const values = imports
      .filter(({ file }) => clients.includes(file))
      .filter(({ target, typeOnly }) => target.startsWith("server/") && !typeOnly)
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(values).toEqual([]);
  });

  it("keeps next/headers in the bridge, which only the server can load", () => {
    const bridge = ["src/app/bridge.ts", ...globSync("src/app/_bridge/*.ts")];
    const users = imports.filter(({ target }) => target === "next/headers").map(({ file }) => file);
    expect(users.filter((file) => !bridge.includes(file))).toEqual([]);
    for (const file of bridge) {
      expect(importsOf(file).map(({ target }) => target)).toContain("server-only");
    }
  });
});

function code(file: string): string {
  return readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}
