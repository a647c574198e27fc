import { vi } from "vitest";
import { isDeliberate } from "../../src/app/(interaction)/_request/deliberate-click.ts";
import { attack } from "./attack.ts";
import { openNaiveSite, openSite, type Site } from "./every-page.ts";

vi.mock("server-only", () => ({}));

attack("load a page in a frame under the pointer of the victim (RFC 9700 4.16)", {
  surface: "page",
  naive: openNaiveSite,
  ours: openSite,
  async run(site: Site) {
    const pages = await site.pages();
    const gained = pages.filter(({ headers }) => !refusesFrames(headers)).map(({ address }) => address);
    return { succeeded: gained.length > 0, gained };
  },
  honest: async (site) => (await site.pages()).some(({ address }) => address === "GET /login"),
});

attack("load a page of an authorization request in a frame", {
  surface: "interaction",
  naive: openNaiveSite,
  ours: openSite,
  async run(site: Site) {
    const pages = (await site.pages()).filter(({ address }) => /endpoint|consent|choose/.test(address));
    const gained = pages.filter(({ headers }) => !refusesFrames(headers)).map(({ address }) => address);
    return { succeeded: gained.length > 0, gained };
  },
  honest: async (site) =>
    (await site.pages()).filter(({ address, text }) => /endpoint/.test(address) && text.includes("<html"))
      .length >= 5,
});

/** Both ways to say so: the old one is for browsers that do not know the new one. */
function refusesFrames(headers: Headers): boolean {
  const policy = headers.get("content-security-policy") ?? "";
  const isRedirect = headers.has("location");
  return (
    headers.get("x-frame-options") === "DENY" &&
    (isRedirect || /(?:^|; )frame-ancestors 'none'(?:;|$)/.test(policy) || !policy)
  );
}

type Click = Parameters<typeof isDeliberate>[0];

attack(
  "have the second of two clicks land on the page of a consent, under a window that the first one closed",
  {
    surface: "interaction",
    naive: () => (_: Click) => true,
    ours: () => isDeliberate,
    async run(takes) {
      const gained = [20, 80, 200, 350].filter((delay) =>
        takes({ clickedAt: 10_000 + delay, frontAt: 10_000 }),
      );
      return { succeeded: gained.length > 0, gained };
    },
    honest: async (takes) =>
      takes({ clickedAt: 10_800, frontAt: 10_000 }) &&
      takes({ clickedAt: 1, frontAt: Number.NEGATIVE_INFINITY }),
  },
);
