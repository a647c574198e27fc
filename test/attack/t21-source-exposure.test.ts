import { globSync, readFileSync } from "node:fs";
import { vi } from "vitest";
import * as language from "../../src/app/_language/switch-language.ts";
import * as login from "../../src/app/(interaction)/login/actions.ts";
import * as confirm from "../../src/app/(interaction)/register/[token]/actions.ts";
import * as register from "../../src/app/(interaction)/register/actions.ts";
import * as newPassword from "../../src/app/(interaction)/reset/[token]/actions.ts";
import * as reset from "../../src/app/(interaction)/reset/actions.ts";
import * as secondFactor from "../../src/app/(interaction)/second-factor/[handle]/actions.ts";
import * as verify from "../../src/app/(interaction)/verify/[token]/actions.ts";
import * as account from "../../src/app/account/actions.ts";
import * as ownSecondFactor from "../../src/app/account/second-factor/actions.ts";
import * as session from "../../src/app/sign-out.ts";
import * as naiveActions from "../support/naive/actions.ts";
import { attack } from "./attack.ts";
import { filesWithDirective } from "./import-graph.ts";
import { type AttackedPages, pages } from "./pages.ts";
import { signedInAs } from "./people.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

/** What is installed: in the lock file, and the copy of React that Next brings with it and makes pages with. */
type Installed = { next: string; react: string; "react-dom": string; carried: string };

/**
 * Below these, a request can run code (CVE-2025-55182), read the source of server functions (CVE-2025-55183), go round the proxy (May 2026)
 * or stop the server (the last one CVE-2026-44907).
 */
const FLOOR = { next: [16, 2, 6], react: [19, 2, 8], "react-dom": [19, 2, 8] } as const;

/** Next's copy of React is named by a day, on which all of the above was mended. */
const CARRIED_SINCE = 20260724;

attack("use a hole in React or Next that is known and mended", {
  surface: "configuration",
  naive: (): Installed => ({
    next: "16.0.6",
    react: "19.2.0",
    "react-dom": "19.2.0",
    carried: "19.3.0-canary-52684925-20251110",
  }),
  ours: installed,
  async run(versions) {
    const old = Object.entries(FLOOR).filter(
      ([name, floor]) => !isAtLeast(versions[name as keyof typeof FLOOR], floor),
    );
    const carriedDay = Number(/-(?<day>\d{8})$/.exec(versions.carried)?.groups?.day ?? 0);
    return { succeeded: old.length > 0 || carriedDay < CARRIED_SINCE, gained: versions };
  },
  honest: async ({ react, "react-dom": dom }) => react === dom,
});

function installed(): Installed {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { version: string }>;
  };
  const versionOf = (name: string) => lock.packages[`node_modules/${name}`]?.version ?? "";
  const copies = globSync("node_modules/**/node_modules/{next,react,react-dom}/package.json");
  if (copies.length > 0) throw new Error(`installed twice: ${copies.join()}`);
  const carried = readFileSync("node_modules/next/dist/compiled/react/cjs/react.production.js", "utf8");
  return {
    next: versionOf("next"),
    react: versionOf("react"),
    "react-dom": versionOf("react-dom"),
    carried: /version = "(?<version>[^"]+)"/.exec(carried)?.groups?.version ?? "",
  };
}

function isAtLeast(version: string, floor: readonly number[]): boolean {
  const numbers = /^\d+\.\d+\.\d+$/.test(version) ? version.split(".").map(Number) : [];
  const at = floor.findIndex((part, index) => numbers[index] !== part);
  return at === -1 || (numbers[at] ?? -1) > (floor[at] ?? 0);
}

/** Files, and a rule that their sources have to keep. */
type Sources = { files: string[] };

const serverFiles = {
  naive: (): Sources => ({ files: filesWithDirective("test/support/naive", "use server") }),
  ours: (): Sources => ({ files: filesWithDirective("src", "use server") }),
};

/** Without comments, and without what stands in a template by its name. */
const codeOf = (file: string) =>
  readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\$\{\w+\}/gm, "");

/** What a rule finds in sources. */
async function matching({ files }: Sources, rule: RegExp) {
  if (files.length === 0) throw new Error("there is no such file");
  const gained = files.flatMap((file) => codeOf(file).match(rule) ?? []);
  return { succeeded: gained.length > 0, gained };
}

/** All that it does is remember a language in the browser that asks: another site cannot ask, and nobody loses by it. */
const WITHOUT_TOKEN = "src/app/_language/switch-language.ts";

/** The forms have actions, which a browser calls by an address and not by their code. */
const honest = async ({ files }: Sources) =>
  files.length > 2 &&
  files.every((file) => file === WITHOUT_TOKEN || /\b(?:consumeFormToken|takeForm)\(/.test(codeOf(file)));

attack("read a secret in the source of a server function", {
  surface: "configuration",
  ...serverFiles,
  honest,
  run: (sources) =>
    matching(
      sources,
      /["'`](?![./@?]|next\/)[^"'`\s]{16,}["'`]|process\.env|\b[A-Z]+_(?:KEY|SECRET|TOKEN)\b/g,
    ),
});

attack("call what nobody meant to be called: something else that a file of server functions exports", {
  surface: "configuration",
  ...serverFiles,
  honest,
  run: (sources) => matching(sources, /^export (?!async function \w+\(|type )\S.*/gm),
});

attack("get what a page knew: a server function that stands in another one and keeps its variables", {
  surface: "configuration",
  naive: (): Sources => ({ files: globSync("test/support/naive/*.ts") }),
  ours: (): Sources => ({ files: globSync("src/**/*.{ts,tsx}") }),
  run: (sources) => matching(sources, /(?<=\S\s*)^\s+["']use server["'];?$/gm),
  honest: async () => honest(serverFiles.ours()),
});

const actionFiles = [
  login,
  secondFactor,
  session,
  register,
  confirm,
  reset,
  newPassword,
  verify,
  account,
  ownSecondFactor,
  language,
];

type Actions = AttackedPages & { actions: ((...values: never[]) => Promise<unknown>)[] };

const form = (...members: [string, string | Blob][]) => {
  const data = new FormData();
  for (const [name, value] of members) data.append(name, value);
  return data;
};

/** What React's decoder can make of a request, in the place of a form. */
const given: [title: string, values: unknown[]][] = [
  ["nothing", []],
  ["undefined", [undefined, undefined]],
  ["null", [null, null]],
  ["a text", ["x", "x"]],
  ["an object", [{}, { formToken: "x", username: "x", password: "x", next: "/" }]],
  ["a map", [new Map(), new Map([["formToken", "x"]])]],
  ["a list of lists", [[], [["formToken", {}]]]],
  ["a function", [() => {}, () => {}]],
  ["a promise", [Promise.resolve(), Promise.resolve()]],
  ["an empty form", [form(), form()]],
  ["a form with a file", [{}, form(["formToken", new Blob(["x"])], ["username", "x"])]],
  [
    "a form with a member twice",
    [form(["formToken", "a"], ["formToken", "b"]), form(["formToken", "a"], ["formToken", "b"])],
  ],
];

for (const [title, values] of given) {
  attack(`call every server function with ${title}, as somebody who has seen their addresses`, {
    surface: "action",
    naive: async (): Promise<Actions> => ({ ...(await pages.ours()), actions: Object.values(naiveActions) }),
    ours: async (): Promise<Actions> => ({
      ...(await pages.ours()),
      actions: actionFiles.flatMap((file) => Object.values(file)),
    }),
    refusal: { thrown: [], asked: 0 },
    async run({ actions, forms, ...gate }) {
      const browser = gate.browser();
      await browser.signIn();
      await forms.open(browser, "login");
      const before = gate.calls.length;
      const thrown: unknown[] = [];
      for (const action of actions) await action(...(values as never[])).catch((error) => thrown.push(error));
      const refusal = {
        thrown: thrown.filter((error) => !isRedirect(error)),
        asked: gate.calls.length - before,
      };
      return { succeeded: (await signedInAs(browser)) === undefined, refusal };
    },
    async honest({ forms, ...gate }) {
      const browser = gate.browser();
      await browser.signIn();
      await forms.send(browser, "sign-out", await forms.open(browser, "sign-out"));
      return (await signedInAs(browser)) === undefined;
    },
  });
}

const isRedirect = (error: unknown) =>
  String((error as { digest?: string }).digest).startsWith("NEXT_REDIRECT");
