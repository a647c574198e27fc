import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "vitest";
import { auditPage } from "./support/audit.ts";
import { openBrowser, visit } from "./support/browser.ts";
import { changeService, startRelyingParty } from "./support/relying-party.ts";
import { type RequestSites, requestStates } from "./support/request-states.ts";
import { startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

let server: Ticketgate;
let sites: RequestSites;
let browser: Browser;

beforeAll(async () => {
  const [ticketgate, opened] = await Promise.all([startTicketgate(), openBrowser()]);
  browser = opened;
  await changeService(ticketgate, { supportedAuthorizationDetailsTypes: ["payment_initiation"] });
  server = ticketgate;
});

afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
});

// What was granted to one application is not granted to the next.
beforeEach(async () => {
  const application = await startRelyingParty(server, { authorizationDetailsTypes: ["payment_initiation"] });
  sites = { ticketgate: server, application };
});

afterEach(() => sites.application.close());

const looks = (["light", "dark"] as const).flatMap((colorScheme) => [
  { colorScheme, device: "phone", viewport: { width: 360, height: 740 } },
  { colorScheme, device: "desktop", viewport: { width: 1280, height: 900 } },
]);

describe.each(Object.entries(requestStates))("%s", (name, state) => {
  it.each(looks)("has no fault that axe can find: $device, $colorScheme", async ({ device, ...look }) => {
    const here = await visit(browser, { ...look, reducedMotion: "reduce" });
    await state(here.page, sites);
    const picture = `${name}-${device}-${look.colorScheme}`;
    await auditPage(here.page, picture);
    await here.close();
  });
});
