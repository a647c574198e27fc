import { DatabaseSync } from "node:sqlite";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  fillIn,
  giveUnverifiedAddress,
  linkTo,
  type MailingTicketgate,
  mailTo,
  newcomer,
  registered,
  startMailing,
} from "./support/account-steps.ts";
import { openBrowser, type Visit, visit } from "./support/browser.ts";
import { type RelyingParty, startRelyingParty } from "./support/relying-party.ts";
import { announced, signIn, submitLogin } from "./support/steps.ts";
import { person, startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

let ticketgate: MailingTicketgate;
let silent: Ticketgate;
let own: RelyingParty;
let browser: Browser;
let here: Visit;

beforeAll(async () => {
  [ticketgate, silent, browser] = await Promise.all([
    startMailing({ TICKETGATE_FIRST_PARTY_CLIENTS: OWN_CLIENT }),
    startTicketgate(),
    openBrowser(),
  ]);
  own = await startRelyingParty(ticketgate, { clientId: Number(OWN_CLIENT) });
});

afterAll(async () => {
  await Promise.all([browser?.close(), own?.close(), ticketgate?.stop(), silent?.stop()]);
});

afterEach(() => here.close());

/** Our own application, which is there from the beginning: nobody is asked to consent to it. */
const OWN_CLIENT = "2001";
const NEW_PASSWORD = "another plum tractor";

describe.each([
  { javaScript: "on", javaScriptEnabled: true },
  { javaScript: "off", javaScriptEnabled: false },
])("with JavaScript $javaScript", ({ javaScript, javaScriptEnabled }) => {
  beforeEach(async () => {
    here = await visit(browser, { javaScriptEnabled });
  });
  const somebody = (name: string) => newcomer(`${name}-${javaScript}`);

  it("a person registers, from the sign-in on, and goes on to where they wanted to", async () => {
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login?next=/problem%3Fcode%3DNOT_FOUND`);
    await page.getByRole("link", { name: "I have no account yet" }).click();
    await page.getByRole("heading", { name: "Register" }).waitFor();
    const bob = somebody("bob");
    const fields = { "User name": bob.username, Name: bob.name, "E-mail address": bob.email };
    await fillIn(page, { ...fields, Password: bob.password }, "Register");
    await page.waitForURL(`${ticketgate.origin}/register/sent`);
    const { mail } = await mailTo(ticketgate, bob.email);
    expect(mail).toMatchObject({ subject: "Confirm your Ticketgate account" });
    const link = await linkTo(ticketgate, bob.email, "register");
    await page.goto(link);
    await fillIn(page, { Password: "not the password 1" }, "Confirm and sign in");
    expect(await announced(page)).toContain("This cannot be right.");
    await fillIn(page, { Password: bob.password }, "Confirm and sign in");
    await page.waitForURL(`${ticketgate.origin}/problem?code=NOT_FOUND`);
    await page.goto(`${ticketgate.origin}/account`);
    await page.getByText(`${bob.email} (confirmed)`).waitFor();
    await page.goto(link);
    await page.getByRole("heading", { name: "This link is not good any more." }).waitFor();
    expect(ticketgate.output()).not.toContain(link.slice(-43));
    expect(here.complaints).toEqual([]);
  });

  it("a registration names what is wrong with its fields, and keeps what is not secret", async () => {
    const { page } = here;
    await page.goto(`${ticketgate.origin}/register`);
    const wrong = { "User name": person.username, Name: "Zoë", "E-mail address": "zoe@", Password: "short" };
    await fillIn(page, wrong, "Register");
    expect(await announced(page)).toContain("This cannot be right.");
    for (const text of [
      "User name is taken.",
      "E-mail address is empty, too long or cannot be right.",
      "Password has fewer than 15 characters.",
    ])
      await page.getByText(text, { exact: true }).waitFor();
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Zoë");
    expect(await page.getByLabel("Name", { exact: true }).getAttribute("aria-invalid")).toBe("false");
    expect(await page.getByLabel("Password").inputValue()).toBe("");
    expect(await page.content()).not.toContain("short");
    const zoe = somebody("zoe");
    await fillIn(page, { "User name": zoe.email, Password: "passwordpassword" }, "Register");
    await page.getByText("User name must not be an e-mail address.", { exact: true }).waitFor();
    await page.getByText("Password is one of those that are guessed first.", { exact: true }).waitFor();
    const right = { "User name": zoe.username, "E-mail address": zoe.email, Password: zoe.password };
    await fillIn(page, right, "Register");
    await page.waitForURL(`${ticketgate.origin}/register/sent`);
  });

  it("an address that has an account is answered as one that has none", async () => {
    const carol = somebody("carol");
    await registered(ticketgate, here.page, carol);
    await here.close();
    here = await visit(browser, { javaScriptEnabled });
    const { page } = here;
    await page.goto(`${ticketgate.origin}/register`);
    const fields = { "User name": `other-${carol.username}`, Name: "Eve", "E-mail address": carol.email };
    await fillIn(page, { ...fields, Password: "plum tractor dances" }, "Register");
    await page.waitForURL(`${ticketgate.origin}/register/sent`);
    await expect
      .poll(async () => (await mailTo(ticketgate, carol.email)).mail.subject)
      .toBe("You have a Ticketgate account already");
    await page.goto(`${ticketgate.origin}/reset`);
    await fillIn(page, { "E-mail address": "nobody@example.com" }, "Send the link");
    await page.waitForURL(`${ticketgate.origin}/reset/sent`);
    expect(ticketgate.mail.mails.some(({ to }) => to.includes("nobody@example.com"))).toBe(false);
  });

  it("a person who forgot the password gets a new one, and everybody is signed out", async () => {
    const dora = somebody("dora");
    await registered(ticketgate, here.page, dora);
    const elsewhere = await visit(browser, { javaScriptEnabled });
    const { page } = elsewhere;
    await page.goto(`${ticketgate.origin}/login`);
    await page.getByRole("link", { name: "I do not know my password" }).click();
    await fillIn(page, { "E-mail address": "no address" }, "Send the link");
    await page.getByText("E-mail address is not one that mail can be sent to.", { exact: true }).waitFor();
    await fillIn(page, { "E-mail address": dora.email.toUpperCase() }, "Send the link");
    await page.waitForURL(`${ticketgate.origin}/reset/sent`);
    await expect
      .poll(async () => (await mailTo(ticketgate, dora.email)).mail.subject)
      .toBe("A new password for Ticketgate");
    const link = await linkTo(ticketgate, dora.email, "reset");
    await page.goto(link);
    await fillIn(page, { "New password": dora.username }, "Change the password");
    expect(await announced(page)).toContain("This cannot be right.");
    await fillIn(page, { "New password": NEW_PASSWORD }, "Change the password");
    await page.waitForURL(`${ticketgate.origin}/reset/done?ui_locales=en`);
    await here.page.goto(`${ticketgate.origin}/account`);
    await here.page.waitForURL(/\/login\?next=/);
    await page.goto(`${ticketgate.origin}/login`);
    await submitLogin(page, dora);
    expect(await announced(page)).toContain("The user name or the password is not right.");
    await submitLogin(page, { username: dora.username, password: NEW_PASSWORD });
    await page.waitForURL(`${ticketgate.origin}/`);
    await page.goto(link);
    await page.getByRole("heading", { name: "This link is not good any more." }).waitFor();
    expect(ticketgate.output()).not.toContain(link.slice(-43));
    await elsewhere.close();
  });

  it("a person changes the password, stays signed in here and nowhere else", async () => {
    const emil = somebody("emil");
    const { page } = here;
    await registered(ticketgate, page, emil);
    const elsewhere = await visit(browser, { javaScriptEnabled });
    await elsewhere.page.goto(`${ticketgate.origin}/login`);
    await submitLogin(elsewhere.page, emil);
    await elsewhere.page.waitForURL(`${ticketgate.origin}/`);
    const wrong = { "Current password": "not the password 1", "New password": "short" };
    await fillIn(page, wrong, "Change the password");
    await page.getByText("Current password is not right.", { exact: true }).waitFor();
    await page.getByText("New password has fewer than 15 characters.", { exact: true }).waitFor();
    const applications = page.getByRole("checkbox", { name: "End the access of all applications too." });
    expect(await applications.isChecked()).toBe(true);
    const right = { "Current password": emil.password, "New password": NEW_PASSWORD };
    await fillIn(page, right, "Change the password");
    await page.getByText("The password is changed. Everybody else was signed out.").waitFor();
    await page.goto(`${ticketgate.origin}/account`);
    await page.getByRole("heading", { name: "Your account" }).waitFor();
    await elsewhere.page.goto(`${ticketgate.origin}/account`);
    await elsewhere.page.waitForURL(/\/login\?next=/);
    await elsewhere.close();
    const { mail } = await mailTo(ticketgate, emil.email);
    expect(mail.subject).toBe("Your Ticketgate password was changed");
    expect(here.complaints).toEqual([]);
  });

  it("a person shows that mail reaches them", async () => {
    const { page } = here;
    const address = `ada-${javaScript}@example.com`;
    giveUnverifiedAddress(ticketgate, person.username, address);
    await signIn(page, ticketgate.origin);
    await page.goto(`${ticketgate.origin}/account`);
    await page.getByText(`${address} (not confirmed)`).waitFor();
    await page.getByRole("button", { name: "Confirm the address" }).click();
    await page.getByText("We have sent a mail to your address.").waitFor();
    await page.goto(await linkTo(ticketgate, address, "verify"));
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.waitForURL(`${ticketgate.origin}/verify/done?ui_locales=en`);
    await page.getByRole("link", { name: "To your account" }).click();
    await page.getByText(`${address} (confirmed)`).waitFor();
  });

  it("an application that wants an account to be made gets one, also from somebody who is signed in", async () => {
    const application = await startRelyingParty(ticketgate);
    const { page } = here;
    await registered(ticketgate, page, somebody("ivan"));
    await page.goto(application.authorizationUrl({ prompt: "create" }));
    await page.getByRole("heading", { name: "Register" }).waitFor();
    const jana = somebody("jana");
    const fields = { "User name": jana.username, Name: jana.name, "E-mail address": jana.email };
    await fillIn(page, { ...fields, Password: jana.password }, "Register");
    await page.waitForURL(`${ticketgate.origin}/register/sent`);
    await page.goto(await linkTo(ticketgate, jana.email, "register"));
    await fillIn(page, { Password: jana.password }, "Confirm and sign in");
    await page.getByRole("heading", { name: "Lighthouse Tours wants access to your account" }).waitFor();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Welcome aboard" }).waitFor();
    const { json } = await application.redeem(application.responses[0]?.code ?? "");
    const [, claims = ""] = String(json.id_token).split(".");
    const { sub } = JSON.parse(Buffer.from(claims, "base64url").toString());
    const accounts = new DatabaseSync(ticketgate.database);
    const row = accounts.prepare("select username from accounts where subject = ?").get(sub);
    accounts.close();
    expect(row).toEqual({ username: jana.username });
    await page.goto(`${ticketgate.origin}/account`);
    await page.getByText(`${jana.email} (confirmed)`).waitFor();
    await application.close();
  });

  it("an application of our own, which nobody consents to, gets its code once", async () => {
    const { page } = here;
    const karl = somebody("karl");
    await page.goto(own.authorizationUrl({ prompt: "create" }));
    const fields = { "User name": karl.username, Name: karl.name, "E-mail address": karl.email };
    await fillIn(page, { ...fields, Password: karl.password }, "Register");
    await page.waitForURL(`${ticketgate.origin}/register/sent`);
    await page.goto(await linkTo(ticketgate, karl.email, "register"));
    const before = own.responses.length;
    await fillIn(page, { Password: karl.password }, "Confirm and sign in");
    await page.getByRole("heading", { name: "Welcome aboard" }).waitFor();
    expect(own.responses.length).toBe(before + 1);
    expect((await own.redeem(own.responses.at(-1)?.code ?? "")).status).toBe(200);
  });

  it("a reset that was begun from an application's sign-in leads back to it, in the same browser only", async () => {
    const { page } = here;
    const lena = somebody("lena");
    const elsewhere = await visit(browser, { javaScriptEnabled });
    await registered(ticketgate, elsewhere.page, lena);
    const application = await startRelyingParty(ticketgate);
    await page.goto(application.authorizationUrl());
    await page.getByRole("link", { name: "I do not know my password" }).click();
    await fillIn(page, { "E-mail address": lena.email }, "Send the link");
    await page.waitForURL(/\/reset\/sent\?next=/);
    await page.goto(await linkTo(ticketgate, lena.email, "reset"));
    await fillIn(page, { "New password": NEW_PASSWORD }, "Change the password");
    await page.waitForURL(/\/reset\/done\?request=/);
    await elsewhere.page.goto(page.url());
    await elsewhere.page.getByRole("link", { name: "To the sign-in" }).waitFor();
    await page.getByRole("link", { name: "Sign in and go on to Lighthouse Tours" }).click();
    await submitLogin(page, { username: lena.username, password: NEW_PASSWORD });
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Welcome aboard" }).waitFor();
    expect(application.responses[0]?.code).toMatch(/./);
    await elsewhere.close();
    await application.close();
  });

  it("where no account can be made, an application gets a person who signs in", async () => {
    const application = await startRelyingParty(silent);
    const { page } = here;
    await page.goto(application.authorizationUrl({ prompt: "create" }));
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await submitLogin(page);
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Welcome aboard" }).waitFor();
    await application.close();
  });

  it("where no mail can be sent, nothing that takes it is there, and the password can be changed", async () => {
    const { page } = here;
    const link = "x".repeat(43);
    const off = ["/register", "/register/sent", `/register/${link}`, "/reset", "/reset/sent"];
    for (const path of [...off, `/reset/${link}`, `/verify/${link}`, "/development/mail"]) {
      expect((await page.goto(`${silent.origin}${path}`))?.status()).toBe(404);
      await page.getByRole("heading", { name: "There is nothing here." }).waitFor();
    }
    await page.goto(`${silent.origin}/login`);
    expect(await page.getByRole("link", { name: /password|account/ }).count()).toBe(0);
    await signIn(page, silent.origin);
    await page.goto(`${silent.origin}/account`);
    await page.getByText("E-mail address", { exact: true }).waitFor();
    const wrong = { "Current password": "not the password 1", "New password": NEW_PASSWORD };
    await fillIn(page, wrong, "Change the password");
    expect(await announced(page)).toContain("This cannot be right.");
    expect((await page.goto(`${ticketgate.origin}/development/mail`))?.status()).toBe(404);
  });
});

describe("in Japanese", () => {
  it("pages and mails speak it", async () => {
    here = await visit(browser, { locale: "ja-JP" });
    const { page } = here;
    await page.goto(`${ticketgate.origin}/login`);
    await page.getByRole("link", { name: "アカウントを持っていない" }).click();
    await page.getByRole("heading", { name: "新規登録" }).waitFor();
    const fumi = newcomer("fumi");
    const fields = { ユーザー名: fumi.username, 名前: "", メールアドレス: fumi.email, パスワード: "short" };
    await fillIn(page, fields, "登録する");
    await page.getByText("パスワードが 15 文字に足りません。", { exact: true }).waitFor();
    await fillIn(page, { 名前: "文", パスワード: fumi.password }, "登録する");
    await page.getByRole("heading", { name: "メールをご確認ください" }).waitFor();
    const { mail } = await mailTo(ticketgate, fumi.email);
    expect(mail.subject).toBe("Ticketgateアカウントの確認");
    await page.goto(await linkTo(ticketgate, fumi.email, "register"));
    await fillIn(page, { パスワード: fumi.password }, "確認してサインイン");
    await page.waitForURL(`${ticketgate.origin}/`);
    await page.goto(`${ticketgate.origin}/account`);
    await page.getByText(`${fumi.email} (確認済み)`).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
  });
});
