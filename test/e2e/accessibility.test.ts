import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { auditPage } from "./support/audit.ts";
import { openBrowser, visit } from "./support/browser.ts";
import { type EngineDouble, startEngineDouble } from "./support/engine-double.ts";
import { type Sites, type State, scriptedStates, states, unscriptedStates } from "./support/page-states.ts";
import { shownAgain } from "./support/shown-again.ts";
import { startTicketgate } from "./support/ticketgate.ts";

let engine: EngineDouble;
let sites: Sites;
let browser: Browser;

beforeAll(async () => {
  engine = await startEngineDouble();
  const [ticketgate, limited, stranded, opened] = await Promise.all([
    startTicketgate({ TICKETGATE_TRIES_PER_USERNAME: "100000" }),
    startTicketgate(),
    startTicketgate({
      AUTHLETE_BASE_URL: engine.baseUrl,
      AUTHLETE_SERVICE_ID: "1",
      AUTHLETE_API_TOKEN: "engine-double-token-0123456789abcdef",
    }),
    openBrowser(),
  ]);
  sites = { ticketgate, limited, stranded };
  browser = opened;
});

afterAll(async () => {
  const servers = sites ? [sites.ticketgate, sites.limited, sites.stranded] : [];
  await Promise.all([browser?.close(), engine?.stop(), ...servers.map((server) => server.stop())]);
});

const looks = (["light", "dark"] as const).flatMap((colorScheme) => [
  { colorScheme, device: "phone", viewport: { width: 360, height: 740 } },
  { colorScheme, device: "desktop", viewport: { width: 1280, height: 900 } },
]);

const rows = [
  ...rowsOf({ ...states, ...scriptedStates }, true),
  ...rowsOf({ ...states, ...unscriptedStates }, false),
];

describe.each(rows)("$name, JavaScript $javaScriptEnabled", ({ name, state, javaScriptEnabled }) => {
  it.each(looks)("has no fault that axe can find: $device, $colorScheme", async ({ device, ...look }) => {
    const options = { ...look, reducedMotion: "reduce" as const };
    const here = await visit(browser, { ...options, javaScriptEnabled });
    await state(here.page, sites);
    const shown = javaScriptEnabled ? here : await shownAgain(browser, here.page, options);
    const picture = `${name}-${device}-${look.colorScheme}${javaScriptEnabled ? "" : "-unscripted"}`;
    await auditPage(shown.page, picture);
    await Promise.all([here.close(), shown.close()]);
  });
});

function rowsOf(some: Record<string, State>, javaScriptEnabled: boolean) {
  return Object.entries(some).map(([name, state]) => ({ name, state, javaScriptEnabled }));
}
