import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { environmentSchema } from "../../src/server/environment.ts";
import { secretOf } from "../support/gate.ts";
import { createLeakScanner } from "../support/leak-scanner.ts";
import { bundleNaively } from "../support/naive/bundle.ts";
import { attack, type Outcome } from "./attack.ts";

/** What browsers download, and the values that were secret when it was made. */
type Scripts = { text: string; secrets: Record<string, string> };

const BUILD = ".next/static";

const targets = {
  naive(): Scripts {
    const secrets = { NEXT_PUBLIC_AUTHLETE_API_TOKEN: secretOf("engine") };
    const env = { ...secrets, NEXT_PUBLIC_AUTHLETE_BASE_URL: "https://us.authlete.com" };
    return { text: bundleNaively("test/support/naive/engine-client.ts", env), secrets };
  },
  /** The production build, with every file in it, whatever it is called. */
  ours(): Scripts {
    if (!existsSync(".next/BUILD_ID")) throw new Error("There is no build: run `npm run build` first.");
    const files = readdirSync(BUILD, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const text = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join("\n");
    return { text, secrets: developmentSecrets() };
  },
};

/** Of this checkout, if it has been run: a build in the same folder may have read them. */
function developmentSecrets(): Record<string, string> {
  const file = ".ticketgate/development/development.json";
  if (!existsSync(file)) return {};
  return (JSON.parse(readFileSync(file, "utf8")) as { environment: Record<string, string> }).environment;
}

/** The hooks are there, and call us. */
const honest = async ({ text }: Scripts) => text.includes("x-ticketgate") && text.includes("/api/trpc");

function found(text: string, needles: readonly (string | RegExp)[]): Outcome {
  const gained = needles.filter((needle) =>
    typeof needle === "string" ? text.includes(needle) : needle.test(text),
  );
  return { succeeded: gained.length > 0, gained };
}

attack("read the value of a secret in a script", {
  surface: "bundle",
  ...targets,
  honest,
  async run({ text, secrets }) {
    const scanner = createLeakScanner();
    for (const [name, value] of Object.entries(secrets)) scanner.remember(name, value);
    const gained = scanner.scan("bundle", text);
    return gained.length > 0 ? { succeeded: true, gained } : found(text, LOOKS);
  },
});

/** What generated secrets and keys look like, whatever their value. */
const LOOKS = [
  /development-[\w-]{43}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /"d"\s*:\s*"[\w-]{40,}"/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./,
];

attack("learn from a script which variables hold secrets", {
  surface: "bundle",
  ...targets,
  honest,
  run: async ({ text }) =>
    found(text, [...Object.keys(environmentSchema.shape).filter(isOurs), "NEXT_PUBLIC_"]),
});

/** Every program knows variables such as `PORT`. */
const isOurs = (name: string) => /^(TICKETGATE|AUTHLETE)_/.test(name);

/** A text of each part of the server, that stands nowhere else. */
const marks: [part: string, text: string][] = [
  ["secret", "aes-256-gcm"],
  ["session", "sealedTokens"],
  ["authlete", "EngineRefusedCredentials"],
  ["config", "TICKETGATE_SEALING_KEYS"],
];

for (const [part, text] of marks) {
  attack(`find code of the server in a script: ${part}`, {
    surface: "bundle",
    ...targets,
    honest,
    run: async (scripts) => found(scripts.text, [standingIn(part, text)]),
  });
}

attack("find code of the server in a script: any part of it", {
  surface: "bundle",
  ...targets,
  honest,
  run: async ({ text }) =>
    found(text, [
      ...marks.map(([, mark]) => mark),
      standingIn("engine", "A061301"),
      standingIn("store", "token_tickets"),
      standingIn("account", "argon2id"),
      standingIn("flow", "verified-by-ticketgate"),
      standingIn("oauth", "unsupported_grant_type"),
      standingIn("trpc", "may not be set from a browser"),
      standingIn("http", "www-authenticate"),
    ]),
});

/** A mark that the part has lost would find nothing any more. */
function standingIn(part: string, text: string): string {
  const files = globSync(`src/server/{${part}/**/*,${part}}.ts`);
  if (files.some((file) => readFileSync(file, "utf8").includes(text))) return text;
  throw new Error(`${text} does not stand in ${part} any more`);
}

attack("read the sources of the server in a source map", {
  surface: "bundle",
  naive: (): Scripts => ({ text: `${targets.naive().text}\n//# sourceMappingURL=app.js.map`, secrets: {} }),
  ours: targets.ours,
  honest,
  run: async ({ text }) =>
    found(text, [/\/[/*][#@] sourceMappingURL=(?!data:text\/css)/, '"sourcesContent"']),
});
