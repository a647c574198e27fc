import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  fillIn,
  type MailingTicketgate,
  mailTo,
  newcomer,
  registered,
  startMailing,
} from "./support/account-steps.ts";
import { openBrowser, type Visit, visit } from "./support/browser.ts";
import { startRelyingParty } from "./support/relying-party.ts";
import { appOf, fillForm, setUpApp, shownCodes, shownKey } from "./support/second-step.ts";
import { announced, signedIn, submitLogin } from "./support/steps.ts";
import { startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

let ticketgate: MailingTicketgate;
let strict: Ticketgate;
let browser: Browser;
let here: Visit;

beforeAll(async () => {
  [ticketgate, strict, browser] = await Promise.all([
    startMailing(),
    startTicketgate({ TICKETGATE_SECOND_FACTOR: "required" }),
    openBrowser(),
  ]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), ticketgate?.stop(), strict?.stop()]);
});

afterEach(() => here.close());

describe.each([
  { javaScript: "on", javaScriptEnabled: true },
  { javaScript: "off", javaScriptEnabled: false },
])("with JavaScript $javaScript", ({ javaScript, javaScriptEnabled }) => {
  beforeEach(async () => {
    here = await visit(browser, { javaScriptEnabled });
  });

  /** Somebody who has an account, and is signed in. */
  const somebody = async (name: string) => {
    const person = newcomer(`${name}-${javaScript}`);
    await registered(ticketgate, here.page, person);
    return person;
  };

  it("a person sets up an authenticator app, and from then on the password alone opens nothing", async () => {
    const lena = await somebody("lena");
    const { page } = here;
    await page.getByRole("link", { name: "Change" }).click();
    await fillIn(page, { "Current password": "not the password 1" }, "Set it up");
    await page.getByText("Current password is not right.", { exact: true }).waitFor();
    await fillIn(page, { "Current password": lena.password }, "Set it up");
    await page.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
    const app = appOf(await shownKey(page));
    expect(await page.getByRole("link", { name: /Open it/ }).getAttribute("href")).toContain(
      `secret=${app.key.replaceAll(" ", "")}&`,
    );
    await fillIn(page, { "Code of the app": app.wrong() }, "Turn on two-step sign-in");
    await page.getByText("Code of the app is not right.", { exact: true }).waitFor();
    expect(await shownKey(page)).toBe(app.key);
    await fillIn(page, { "Code of the app": app.code() }, "Turn on two-step sign-in");
    const codes = await shownCodes(page);
    expect(new Set(codes).size).toBe(10);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByText("on since").waitFor();
    expect(await page.content()).not.toContain(codes[0]);
    expect((await mailTo(ticketgate, lena.email)).mail.subject).toBe("Two-step sign-in for Ticketgate is on");

    const elsewhere = await visit(browser, { javaScriptEnabled });
    const { page: other } = elsewhere;
    await other.goto(`${ticketgate.origin}/login?next=%2Faccount`);
    await submitLogin(other, lena);
    await other.getByRole("heading", { name: "Enter the code" }).waitFor();
    const address = other.url();
    await other.goto(`${ticketgate.origin}/account`);
    await other.waitForURL(/\/login\?next=/);
    await other.goto(address);
    await fillIn(other, { "Code of the app": app.wrong() }, "Sign in");
    expect(await announced(other)).toContain("The code is not right.");
    await fillIn(other, { "Code of the app": "" }, "Sign in");
    await other.getByText("Fill in the code of the app.").waitFor();
    const code = app.code();
    await fillIn(other, { "Code of the app": code }, "Sign in");
    await other.waitForURL(`${ticketgate.origin}/account`);
    // Whoever is through is sent on.
    await other.goto(address);
    expect(other.url()).toBe(`${ticketgate.origin}/account`);
    await elsewhere.close();

    const third = await visit(browser, { javaScriptEnabled });
    await third.page.goto(`${ticketgate.origin}/login`);
    await submitLogin(third.page, lena);
    await fillIn(third.page, { "Code of the app": code }, "Sign in");
    expect(await announced(third.page)).toContain("The code is not right.");
    await third.page.getByRole("link", { name: "I do not have the app at hand" }).click();
    await third.page.getByRole("heading", { name: "Enter a recovery code" }).waitFor();
    await fillIn(third.page, { "Recovery code": (codes[2] ?? "").toLowerCase() }, "Sign in");
    await third.page.waitForURL(`${ticketgate.origin}/`);
    await third.page.goto(`${ticketgate.origin}/account/second-factor`);
    await third.page.locator("dd").getByText("9", { exact: true }).waitFor();
    expect(third.complaints.filter((text) => !text.includes("401"))).toEqual([]);
    await third.close();
    expect(ticketgate.output()).not.toContain(codes[2]);
    expect(ticketgate.output()).not.toContain(app.key.replaceAll(" ", ""));
    expect(here.complaints).toEqual([]);
  });

  it("a person gets new recovery codes, signs out elsewhere, and turns it off", async () => {
    const mona = await somebody("mona");
    const elsewhere = await visit(browser, { javaScriptEnabled });
    await elsewhere.page.goto(`${ticketgate.origin}/login`);
    await submitLogin(elsewhere.page, mona);
    await elsewhere.page.waitForURL(`${ticketgate.origin}/`);
    const { page } = here;
    const app = await setUpApp(page, ticketgate.origin, mona.password);
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    await page.getByText("This account is signed out everywhere else.").waitFor();
    await elsewhere.page.goto(`${ticketgate.origin}/account`);
    await elsewhere.page.waitForURL(/\/login\?next=/);
    await elsewhere.close();
    const wrong = { "Current password": "not the password 1", Code: app.wrong() };
    await fillForm(page, wrong, "Make new codes");
    await page.getByText("Current password is not right.", { exact: true }).waitFor();
    await fillForm(page, { ...wrong, "Current password": mona.password }, "Make new codes");
    await page.getByText("Code is not right.", { exact: true }).waitFor();
    await fillForm(page, { "Current password": mona.password, Code: app.code() }, "Make new codes");
    const codes = await shownCodes(page);
    expect(codes).not.toContain(app.recoveryCodes[0]);
    await page.getByRole("button", { name: "I have kept them" }).click();
    const stale = { "Current password": mona.password, Code: app.recoveryCodes[0] ?? "" };
    await fillForm(page, stale, "Turn two-step sign-in off");
    await page.getByText("Code is not right.", { exact: true }).waitFor();
    await fillForm(page, { ...stale, Code: codes[0] ?? "" }, "Turn two-step sign-in off");
    await page.getByText("Two-step sign-in is off.").waitFor();
    await page.getByRole("button", { name: "Set it up" }).waitFor();
    const again = await visit(browser, { javaScriptEnabled });
    await again.page.goto(`${ticketgate.origin}/login`);
    await submitLogin(again.page, mona);
    await again.page.waitForURL(`${ticketgate.origin}/`);
    await again.close();
  });

  it("an application's request goes on after the code: sign-in, second step, consent, code", async () => {
    const nora = await somebody("nora");
    const app = await setUpApp(here.page, ticketgate.origin, nora.password);
    await here.close();
    here = await visit(browser, { javaScriptEnabled });
    const { page } = here;
    const application = await startRelyingParty(ticketgate);
    await page.goto(application.authorizationUrl());
    await submitLogin(page, nora);
    await page.getByRole("heading", { name: "Enter the code" }).waitFor();
    expect(application.responses).toEqual([]);
    await fillIn(page, { "Code of the app": app.code() }, "Sign in");
    await page.getByRole("heading", { name: "Lighthouse Tours wants access to your account" }).waitFor();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Welcome aboard" }).waitFor();
    const { json } = await application.redeem(application.responses[0]?.code ?? "");
    const [, claims = ""] = String(json.id_token).split(".");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
      acr: "urn:ticketgate:acr:multi-factor",
      amr: ["pwd", "otp", "mfa"],
    });
    await application.close();
  });

  it("an application that wants more than a password has whoever has no app set one up", async () => {
    const olga = await somebody("olga");
    const { page } = here;
    const application = await startRelyingParty(ticketgate);
    const claims = JSON.stringify({
      id_token: { acr: { essential: true, values: ["urn:ticketgate:acr:multi-factor"] } },
    });
    await page.goto(application.authorizationUrl({ claims }));
    await submitLogin(page, olga);
    await page.getByRole("heading", { name: "Set up an authenticator app" }).waitFor();
    const app = appOf(await shownKey(page));
    await fillIn(page, { "Code of the app": app.wrong() }, "Turn on two-step sign-in");
    expect(await announced(page)).toContain("The code is not right.");
    await fillIn(page, { "Code of the app": app.code() }, "Turn on two-step sign-in");
    expect(await shownCodes(page)).toHaveLength(10);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByRole("heading", { name: "Lighthouse Tours wants access to your account" }).waitFor();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Welcome aboard" }).waitFor();
    expect(application.responses[0]?.code).toBeDefined();
    await application.close();
  });

  it("another browser can do nothing with the address of a second step", async () => {
    const pia = await somebody("pia");
    await setUpApp(here.page, ticketgate.origin, pia.password);
    const elsewhere = await visit(browser, { javaScriptEnabled });
    await elsewhere.page.goto(`${ticketgate.origin}/login`);
    await submitLogin(elsewhere.page, pia);
    await elsewhere.page.getByRole("heading", { name: "Enter the code" }).waitFor();
    const stranger = await visit(browser, { javaScriptEnabled });
    await stranger.page.goto(elsewhere.page.url());
    await stranger.page.getByRole("heading", { name: "This sign-in cannot be continued." }).waitFor();
    await stranger.page.getByRole("link", { name: "Sign in with the password again" }).click();
    await stranger.page.getByRole("heading", { name: "Sign in", exact: true }).waitFor();
    await stranger.close();
    await elsewhere.close();
  });
});

describe("where everybody has to have a second factor", () => {
  it("a person sets it up at the sign-in, and uses it at the next one", async () => {
    here = await visit(browser, {});
    const { page } = here;
    await page.goto(`${strict.origin}/login`);
    await submitLogin(page);
    await page.getByRole("heading", { name: "Set up an authenticator app" }).waitFor();
    const app = appOf(await shownKey(page));
    await page.goto(`${strict.origin}/account`);
    await page.waitForURL(/\/login\?next=/);
    await page.goBack();
    await page.getByRole("heading", { name: "Set up an authenticator app" }).waitFor();
    await fillIn(page, { "Code of the app": app.code() }, "Turn on two-step sign-in");
    await shownCodes(page);
    await page.goto(`${strict.origin}/account`);
    await page.waitForURL(/\/login\?next=/);
    await page.goBack();
    await page.getByRole("button", { name: "I have kept them" }).click();
    await signedIn(page, strict.origin);
    const again = await visit(browser, { javaScriptEnabled: false });
    await again.page.goto(`${strict.origin}/login`);
    await submitLogin(again.page);
    await fillIn(again.page, { "Code of the app": app.code() }, "Sign in");
    await signedIn(again.page, strict.origin);
    await again.close();
  });
});

describe("in Japanese, by keyboard", () => {
  it("the second step speaks it, and takes digits of any width", async () => {
    here = await visit(browser, {});
    const rika = newcomer("rika");
    await registered(ticketgate, here.page, rika);
    const app = await setUpApp(here.page, ticketgate.origin, rika.password);
    await here.close();
    here = await visit(browser, { locale: "ja-JP" });
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login`);
    await fillIn(page, { ユーザー名: rika.username, パスワード: rika.password }, "サインイン");
    await page.getByRole("heading", { name: "コードを入力" }).waitFor();
    await page.getByLabel("アプリのコード").focus();
    await page.keyboard.type(app.wrong());
    await page.keyboard.press("Enter");
    expect(await announced(page)).toContain("コードが正しくありません。");
    await page.getByLabel("アプリのコード").focus();
    const wide = [...app.code()].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join("");
    await page.keyboard.insertText(wide);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${ticketgate.origin}/`);
  });
});
