import type { Page } from "playwright-core";
import { damagedSessions } from "./damage.ts";
import { newUserCode } from "./device.ts";
import { askFromOtherDevice } from "./other-device.ts";
import { WRONG_PASSWORD } from "./secrets.ts";
import { announced, signIn, submitLogin } from "./steps.ts";
import type { Ticketgate } from "./ticketgate.ts";

/** Where the states are found: a server that counts no tries, one that does, and one whose engine fails. */
export type Sites = { ticketgate: Ticketgate; limited: Ticketgate; stranded: Ticketgate };

/** Brings a page into a state. */
export type State = (page: Page, sites: Sites) => Promise<unknown>;

const open =
  (path: string): State =>
  (page, { ticketgate }) =>
    page.goto(`${ticketgate.origin}${path}`);

const submit =
  (credentials: Parameters<typeof submitLogin>[1]): State =>
  async (page, { ticketgate }) => {
    await page.goto(`${ticketgate.origin}/login`);
    await submitLogin(page, credentials);
    await announced(page);
  };

/** Signs the person in, and decides about what waits. */
async function freeOtherDevices(page: Page, ticketgate: Ticketgate): Promise<void> {
  await signIn(page, ticketgate.origin);
  await page.goto(`${ticketgate.origin}/ciba`);
  const deny = page.getByRole("button", { name: "Deny" });
  while (await deny.isVisible()) {
    await deny.click();
    await page.getByText("Denied. The application has been told.").waitFor();
    await page.goto(`${ticketgate.origin}/ciba`);
  }
}

/** Enters a code, and waits until the page says something about it. */
async function enterCode(page: Page, code: string, answer: string): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText(answer).waitFor();
}

/** Enters the code of a device that asks for something, as far as the page that asks about it. */
const entered: State = async (page, { ticketgate }) => {
  await signIn(page, ticketgate.origin);
  await page.goto(`${ticketgate.origin}/device`);
  await enterCode(page, await newUserCode(ticketgate), "Is the device in front of you?");
};

/** The same page in the other language. */
const inJapanese =
  (state: State): State =>
  async (page, sites) => {
    await state(page, sites);
    await page.getByRole("button", { name: "日本語" }).click();
    await page.locator("html[lang=ja]").waitFor();
  };

const withSession =
  (path: string): State =>
  async (page, { ticketgate }) => {
    await signIn(page, ticketgate.origin);
    await page.goto(`${ticketgate.origin}${path}`);
  };

const pageStates: Record<string, State> = {
  logout: withSession("/logout"),
  "logout-nobody": open("/logout"),
  "logout-done": open("/logout/done"),
  "logout-refused": open("/oauth/logout?id_token_hint=none"),
  device: withSession("/device"),
  "device-prefilled": withSession("/device?user_code=bcdf-ghjk"),
  "device-unknown": async (page, sites) => {
    await withSession("/device")(page, sites);
    await enterCode(page, "BBBB-BBBB", "There is no such code.");
  },
  "device-confirm": entered,
  "device-allowed": async (page, sites) => {
    await entered(page, sites);
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "The device is connected." }).waitFor();
  },
  "device-gone": withSession("/device/confirm"),
};

/** What a page can look like whether it runs scripts or not. */
export const states: Record<string, State> = {
  ...pageStates,
  "japanese-home": inJapanese(open("/")),
  "japanese-login": inJapanese(open("/login")),
  "japanese-problem": inJapanese(open("/problem?code=ENGINE_UNAVAILABLE&id=0f3b77ab-1")),
  "japanese-signed-in": inJapanese((page, { ticketgate }) => signIn(page, ticketgate.origin)),
  "japanese-logout": inJapanese(withSession("/logout")),
  "japanese-device": inJapanese(withSession("/device")),
  "japanese-device-confirm": inJapanese(entered),
  home: open("/"),
  "signed-in": (page, { ticketgate }) => signIn(page, ticketgate.origin),
  login: open("/login"),
  "login-refused": submit({ password: WRONG_PASSWORD }),
  "login-empty": submit({ username: "", password: "" }),
  "login-no-password": submit({ password: "" }),
  "login-too-long": submit({ username: "x".repeat(101) }),
  "login-too-many-tries": async (page, { limited, ...others }) => {
    const sites = { ...others, limited, ticketgate: limited };
    const username = `nobody-${crypto.randomUUID()}`;
    await submit({ username })(page, sites);
    while (!(await announced(page)).includes("Too many tries.")) await submit({ username })(page, sites);
  },
  "login-unavailable": async (page, { stranded }) => {
    await page.goto(`${stranded.origin}/login`);
    await submitLogin(page);
    await announced(page);
  },
  "other-device": async (page, { ticketgate }) => {
    await freeOtherDevices(page, ticketgate);
    await askFromOtherDevice(ticketgate);
    await page.goto(`${ticketgate.origin}/ciba`);
  },
  "other-device-nothing": async (page, { ticketgate }) => {
    await freeOtherDevices(page, ticketgate);
    await page.getByRole("heading", { name: "Nothing waits for you" }).waitFor();
  },
  "other-device-gone": async (page, { ticketgate }) => {
    await freeOtherDevices(page, ticketgate);
    await page.goto(`${ticketgate.origin}/ciba?notice=gone`);
  },
  problem: open("/problem?code=ENGINE_UNAVAILABLE&id=0f3b77ab-1"),
  "problem-without-id": open("/problem"),
  "not-found": open("/no/such/page"),
};

/** What only scripts show. */
export const scriptedStates: Record<string, State> = {
  "login-busy": async (page, { ticketgate }) => {
    await page.goto(`${ticketgate.origin}/login`, { waitUntil: "networkidle" });
    await page.route("**/api/trpc/login.password", () => {});
    await submitLogin(page);
    await page.getByRole("button", { name: "Checking the password" }).waitFor();
  },
  "signed-in-expired": async (page, { ticketgate }) => {
    await page.clock.install();
    await signIn(page, ticketgate.origin);
    await page.clock.fastForward("48:00:00");
    await page.getByText("expired", { exact: true }).waitFor();
  },
  error: async (page, { ticketgate }) => {
    await signIn(page, ticketgate.origin);
    await damagedSessions(ticketgate.database, () => page.goto(ticketgate.origin));
    await page.getByText("Correlation id", { exact: true }).waitFor();
  },
  "error-in-the-browser": async (page, { ticketgate }) => {
    await signIn(page, ticketgate.origin);
    await page.addInitScript(() => {
      const whole = Date.prototype.toISOString;
      Date.prototype.toISOString = () => {
        throw new Error("The clock of a signed-in page cannot be drawn.");
      };
      addEventListener("repaired", () => {
        Date.prototype.toISOString = whole;
      });
    });
    await page.reload();
    await page.getByRole("button", { name: "Try again" }).waitFor();
    await page.evaluate(() => dispatchEvent(new Event("repaired")));
  },
  "global-error": async (page, { ticketgate }) => {
    await page.addInitScript(() => {
      IntersectionObserver.prototype.observe = () => {
        throw new Error("The link in the frame of every page cannot be drawn.");
      };
    });
    await page.goto(`${ticketgate.origin}/login`);
    await page.getByRole("button", { name: "Try again" }).waitFor();
  },
};

/** What only a form that is sent without scripts leads to. */
export const unscriptedStates: Record<string, State> = {
  "login-form-expired": async (page, sites) => {
    const { ticketgate } = sites;
    await page.goto(`${ticketgate.origin}/login`);
    await page.locator("input[name=formToken]").evaluate((input) => input.setAttribute("value", "x"));
    await submitLogin(page);
    await page.getByText("This page has expired.").waitFor();
  },
};
