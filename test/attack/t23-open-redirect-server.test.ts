import { afterAll, beforeAll } from "vitest";
import { person, startTicketgate, type Ticketgate } from "../e2e/support/ticketgate.ts";
import { startRedirectingSite } from "../support/naive/redirecting-site.ts";
import { attack, type Outcome } from "./attack.ts";
import { type SiteAnswer, type SiteVisitor, visitSite } from "./site-visitor.ts";

/** What `npm start` runs, over its own sockets. */
let ticketgate: Ticketgate;
let naive: Awaited<ReturnType<typeof startRedirectingSite>>;

beforeAll(async () => {
  [ticketgate, naive] = await Promise.all([startTicketgate(), startRedirectingSite()]);
}, 60_000);
afterAll(() => Promise.all([ticketgate?.stop(), naive?.stop()]));

type Site = SiteVisitor & { origin: string };

const sites = {
  naive: (): Site => ({ ...visitSite(naive.origin), origin: naive.origin }),
  ours: (): Site => ({ ...visitSite(ticketgate.origin), origin: ticketgate.origin }),
};

const credentials = { username: person.username, password: person.password };

/** Where an answer sends a browser to, if it does. */
function outcomeOf({ origin }: Site, { status, headers }: SiteAnswer): Outcome {
  const location = status >= 300 && status < 400 ? headers.location : undefined;
  const target = location === undefined ? undefined : new URL(location, origin);
  return { succeeded: target !== undefined && target.origin !== origin, gained: location };
}

async function honest(site: Site): Promise<boolean> {
  const { status, headers } = await site.submit("/login?next=/problem%3Fcode%3DNOT_FOUND", credentials);
  const again = await site.get("/login?next=/problem");
  return (
    status === 303 && headers.location === "/problem?code=NOT_FOUND" && again.headers.location === "/problem"
  );
}

const links = [
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
];

for (const link of links) {
  const path = `/login?next=${encodeURIComponent(link)}`;

  attack(`follow a link to the sign-in page that goes on to ${JSON.stringify(link)}`, {
    surface: "page",
    ...sites,
    honest,
    run: async (site) => outcomeOf(site, await site.submit(path, credentials)),
  });

  attack(`follow that link when one is signed in: ${JSON.stringify(link)}`, {
    surface: "page",
    ...sites,
    honest,
    async run(site) {
      await site.submit("/login", credentials);
      return outcomeOf(site, await site.get(path));
    },
  });

  attack(`change the hidden member of the form to ${JSON.stringify(link)}`, {
    surface: "page",
    ...sites,
    honest,
    run: async (site) => outcomeOf(site, await site.submit("/login", { ...credentials, next: link })),
  });
}

attack("have the browser send the password once more, to where it goes on to", {
  surface: "page",
  ...sites,
  honest,
  refusal: 303,
  async run(site) {
    const { status, headers } = await site.submit("/login", credentials);
    return { succeeded: status === 307 || status === 308, gained: headers.location, refusal: status };
  },
});

/** Paths that become addresses of other hosts when somebody puts them right. */
const paths = [
  "//evil.example/",
  "///evil.example/",
  "/\\evil.example/",
  "//evil.example/a/",
  "//evil.example//",
  "http://evil.example/",
  "http://evil.example/a/",
];

for (const path of paths) {
  attack(`follow a link to a path that is put right: ${path}`, {
    surface: "page",
    ...sites,
    honest,
    run: async (site) => outcomeOf(site, await site.get(path)),
  });
}
