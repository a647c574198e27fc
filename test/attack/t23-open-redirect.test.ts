import fc from "fast-check";
import { nextPath } from "../../src/app/(interaction)/login/next-path.ts";
import { ORIGIN } from "../support/gate.ts";
import { naiveNextPaths } from "../support/naive/next-path.ts";
import { attack } from "./attack.ts";

type NextPath = (text: string) => string;

/** Whether a browser that is sent there stays with us: resolved as browsers do, from any page of ours. */
function staysHere(location: string): boolean {
  const pages = [`${ORIGIN}/`, `${ORIGIN}/login?next=x`];
  const targets = pages.map((page) => (URL.canParse(location, page) ? new URL(location, page) : undefined));
  return targets.every((url) => url?.origin === ORIGIN && url.protocol === "https:");
}

/** Links that end at the attacker's site, or in a script, and who falls for them. */
const links: [naive: keyof typeof naiveNextPaths, text: string][] = [
  ["takes what is there", "https://evil.example"],
  ["takes what is there", "javascript:alert(document.domain)"],
  ["takes what is there", "JaVaScRiPt:alert(1)"],
  ["takes what is there", "java\tscript:alert(1)"],
  ["takes what is there", "\u0001javascript:alert(1)"],
  ["takes what is there", "data:text/html,<script>alert(1)</script>"],
  ["takes what is there", "blob:https://gate.example/1"],
  ["takes what is there", "http:evil.example"],
  ["takes what is there", "\\\\evil.example"],
  ["takes what is there", " //evil.example"],
  ["wants a slash at the beginning", "//evil.example"],
  ["wants a slash at the beginning", "///evil.example"],
  ["wants a slash at the beginning", "//evil.example\\@gate.example"],
  ["wants a slash at the beginning", "//gate.example@evil.example"],
  ["wants one slash at the beginning", "/\\evil.example"],
  ["wants one slash at the beginning", "/\\/evil.example"],
  ["wants one slash at the beginning", "/\t/evil.example"],
  ["wants one slash at the beginning", "/\n/evil.example"],
  ["wants one slash at the beginning", "/\r\n/evil.example"],
  ["wants one slash at the beginning", "/\t\\evil.example"],
  ["wants no colon", "//evil.example/a"],
  ["wants our host somewhere in it", "https://gate.example.evil.example"],
  ["wants our host somewhere in it", "https://evil.example/gate.example"],
  ["wants our host somewhere in it", "https://evil.example?gate.example"],
  ["wants our origin in front", "https://gate.example.evil.example"],
  ["wants our origin in front", "https://gate.example@evil.example"],
  ["wants our origin in front", "https://gate.example:password@evil.example"],
  ["takes the path of it", "/.//evil.example"],
  ["takes the path of it", "/a/..//evil.example"],
  ["takes the path of it", "https://gate.example//evil.example"],
  ["decodes it after looking", "/%2fevil.example"],
  ["decodes it after looking", "/%5cevil.example"],
  ["decodes it after looking", "/%09/evil.example"],
];

/** Paths of ours, with what may stand in them. */
const ownPaths = ["/", "/account", "/account/sessions?tab=2#top", "/search?q=https://evil.example", "/a%2fb"];

const honest = async (read: NextPath) => ownPaths.every((path) => read(path) === path);

for (const [naive, text] of links) {
  attack(`send a person on from the sign-in to ${JSON.stringify(text)}`, {
    surface: "page",
    naive: (): NextPath => naiveNextPaths[naive],
    ours: (): NextPath => nextPath,
    honest,
    async run(read) {
      const gained = read(text);
      return { succeeded: !staysHere(gained), gained };
    },
  });
}

/** What browsers give a meaning of its own to, in any order and number, and anything else. */
const piece = fc.oneof(
  fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "%2f",
    "%5c",
    "%09",
    "\t",
    "\n",
    "\r",
    " ",
    "\u0000",
    "?",
    "#",
    "@",
    ":",
  ),
  fc.constantFrom(
    "evil.example",
    "gate.example",
    "https:",
    "http:",
    "javascript:",
    "data:",
    "file:",
    "\uff0f",
    "\u3002",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
  fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join("")}`),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.string({ unit: "binary" }),
);

for (const naive of ["takes what is there", "wants one slash at the beginning"] as const) {
  attack(`find any text at all that leads away, where another one ${naive}`, {
    surface: "page",
    naive: (): NextPath => naiveNextPaths[naive],
    ours: (): NextPath => nextPath,
    honest,
    async run(read) {
      const { failed, counterexample } = fc.check(
        fc.property(text, (link) => staysHere(read(link)) && staysHere(read(read(link)))),
        { numRuns: 5_000 },
      );
      return { succeeded: failed, gained: counterexample };
    },
  });
}

attack("send headers of one's own with the redirect, behind a line break", {
  surface: "page",
  naive: (): NextPath => naiveNextPaths["wants one slash at the beginning"],
  ours: (): NextPath => nextPath,
  honest,
  async run(read) {
    const gained = ["/a\r\nset-cookie: x=y", "/a\nlocation: //evil.example", "/a\u0000b", "/é"].map(read);
    return { succeeded: gained.some((location) => /[^\x21-\x7e]/.test(location)), gained };
  },
});
