import type { Page } from "playwright-core";
import type { RelyingParty } from "./relying-party.ts";
import { submitLogin } from "./steps.ts";
import type { Ticketgate } from "./ticketgate.ts";

/** Where the states are found: a server, and applications that send people to it. */
export type RequestSites = { ticketgate: Ticketgate; application: RelyingParty };

/** Brings a page into a state. */
export type RequestState = (page: Page, sites: RequestSites) => Promise<unknown>;

const details = JSON.stringify([
  {
    type: "payment_initiation",
    actions: ["initiate", "status"],
    locations: ["https://bank.example/payments"],
    instructedAmount: { currency: "EUR", amount: "123.50" },
    creditorName: "Lighthouse Tours Ltd.",
    creditorAccount: { iban: "DE02100100109307118603" },
  },
]);

const ask =
  (changes: Record<string, string>): RequestState =>
  (page, { application }) =>
    page.goto(application.authorizationUrl(changes));

const signedIn =
  (changes: Record<string, string>): RequestState =>
  async (page, sites) => {
    await page.goto(sites.application.authorizationUrl());
    await submitLogin(page);
    await page.getByRole("button", { name: "Deny" }).waitFor();
    await page.goto(sites.application.authorizationUrl(changes));
  };

/** What the pages of an authorization request can look like. */
export const requestStates: Record<string, RequestState> = {
  "request-login": ask({ login_hint: "ada" }),
  "request-login-japanese": ask({ ui_locales: "ja" }),
  consent: signedIn({ scope: "openid profile email offline_access", prompt: "consent" }),
  "consent-details": signedIn({ authorization_details: details, purpose: "Pay for the tour of 3 May" }),
  "consent-new": async (page, sites) => {
    await page.goto(sites.application.authorizationUrl({ scope: "openid profile" }));
    await submitLogin(page);
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Welcome aboard" }).waitFor();
    const claims = JSON.stringify({ userinfo: { birthdate: { essential: true }, phone_number: null } });
    await page.goto(sites.application.authorizationUrl({ scope: "openid profile email address", claims }));
    await page.getByText("New").first().waitFor();
  },
  "consent-japanese": signedIn({ ui_locales: "ja", scope: "openid profile email address phone" }),
  "choose-account": signedIn({ prompt: "select_account" }),
  "choose-account-japanese": signedIn({ prompt: "select_account", ui_locales: "ja" }),
  "request-refused": ask({ redirect_uri: "https://elsewhere.example/" }),
  "request-refused-japanese": async (page, sites) => {
    await ask({ ui_locales: "ja" })(page, sites);
    await page.getByRole("heading", { name: "サインイン" }).waitFor();
    await page.getByRole("button", { name: "English" }).waitFor();
    await page.setExtraHTTPHeaders({ "accept-language": "ja" });
    await page.goto(sites.application.authorizationUrl({ redirect_uri: "https://elsewhere.example/" }));
  },
  "request-unknown": (page, { ticketgate }) =>
    page.goto(`${ticketgate.origin}/oauth/interaction/${"x".repeat(43)}`),
  "request-over": async (page, sites) => {
    await page.goto(sites.application.authorizationUrl());
    const next = new URL(page.url()).searchParams.get("next") ?? "";
    await page.getByRole("button", { name: "Cancel and go back to Lighthouse Tours" }).click();
    await page.getByRole("heading", { name: "Welcome aboard" }).waitFor();
    await page.goto(`${sites.ticketgate.origin}${next}`);
  },
};
