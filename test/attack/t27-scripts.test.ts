import { vi } from "vitest";
import { attack } from "./attack.ts";
import { openNaiveSite, openSite, type ShownPage, type Site } from "./every-page.ts";

vi.mock("server-only", () => ({}));

/** The sources of a directive in a policy (CSP Level 3, 2.3). */
function sourcesOf({ headers }: ShownPage, directive: string): string[] | undefined {
  const policy = headers.get("content-security-policy") ?? "";
  const directives = policy.split(";").map((text) => text.trim().split(/\s+/));
  return directives.find(([name]) => name === directive)?.slice(1);
}

/** Those that are shown: a redirect shows nothing, and a refusal is plain text. */
const shown = async (site: Site) =>
  (await site.pages()).filter(({ headers }) => headers.has("content-security-policy"));

const scriptsOf = (page: ShownPage) =>
  sourcesOf(page, "script-src") ?? sourcesOf(page, "default-src") ?? ["*"];

/** Whether a script runs that somebody has written into a page: without the nonce, and of no hash that is named. */
const runsInline = (page: ShownPage) => scriptsOf(page).some((source) => /unsafe-inline|^\*$/.test(source));

/** Ways in which a text that is taken for HTML becomes more than a text, and what a policy says against each. */
const injections: [title: string, works: (page: ShownPage) => boolean][] = [
  ["a script of their own", runsInline],
  ["a script of another site", (page) => scriptsOf(page).some((source) => /^(?:\*|https?:)/.test(source))],
  ["text that is evaluated", (page) => scriptsOf(page).includes("'unsafe-eval'")],
  ["another base for the addresses of scripts", (page) => sourcesOf(page, "base-uri")?.join() !== "'none'"],
  [
    "a plug-in",
    (page) => (sourcesOf(page, "object-src") ?? sourcesOf(page, "default-src"))?.join() !== "'none'",
  ],
  [
    "a form that sends what is typed elsewhere",
    // The page that posts a response on to its application asks for nothing, and goes wherever that sends it.
    (page) =>
      !page.text.includes("document.forms[0].submit()") &&
      !["'self'", "'none'"].includes(sourcesOf(page, "form-action")?.join() ?? "*"),
  ],
  [
    "a style of their own, which reads what is typed",
    (page) =>
      (sourcesOf(page, "style-src") ?? sourcesOf(page, "default-src") ?? ["'unsafe-inline'"]).includes(
        "'unsafe-inline'",
      ),
  ],
];

for (const [title, works] of injections) {
  attack(`write ${title} into a page`, {
    surface: "page",
    naive: openNaiveSite,
    ours: openSite,
    async run(site: Site) {
      const gained = (await shown(site)).filter(works).map(({ address }) => address);
      return { succeeded: gained.length > 0, gained };
    },
    honest: async (site) => (await shown(site)).length > 20,
  });
}

attack("use the nonce of a page that was seen before", {
  surface: "page",
  naive: openNaiveSite,
  ours: openSite,
  async run(site: Site) {
    const nonces = (await shown(site)).flatMap((page) => {
      const sources = scriptsOf(page);
      const nonce = sources.find((source) => source.startsWith("'nonce-"));
      return nonce ?? (runsInline(page) ? ["'unsafe-inline'"] : []);
    });
    const isShort = nonces.some((nonce) => Buffer.from(nonce.slice(7, -1), "base64").length < 16);
    return { succeeded: isShort || new Set(nonces).size < nonces.length, gained: nonces };
  },
  honest: async (site) => (await shown(site)).length > 20,
});
