import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ConfigurationError, readConfig } from "../../src/server/config.ts";

const complete = {
  NODE_ENV: "production",
  TICKETGATE_ORIGIN: "https://login.example.com",
  TICKETGATE_SEALING_KEYS: "k".repeat(40),
  TICKETGATE_CLIENT_SECRET: "c".repeat(40),
  TICKETGATE_ENGINE_TOKEN: "e".repeat(40),
};
const mail = {
  TICKETGATE_SMTP_URL: "smtps://post:a-password-of-mail@mail.example.com",
  TICKETGATE_MAIL_FROM: "Example <no-reply@example.com>",
};
const read = (changes: Record<string, string>) => readConfig({ ...complete, ...changes });

describe("the settings of mail", () => {
  it("are absent unless they are given, and then the links are good for half an hour", () => {
    expect(read({})).toMatchObject({ mail: { linkMs: 1_800_000 }, accountRegistration: true });
    expect(read({}).mail.smtp).toBeUndefined();
    expect(read({ TICKETGATE_ACCOUNT_REGISTRATION: "off" }).accountRegistration).toBe(false);
  });

  it("hold the password of the mail server as a secret that does not show", () => {
    const config = read(mail);
    expect(config.mail.smtp?.url.reveal()).toBe(mail.TICKETGATE_SMTP_URL);
    expect(config.mail.smtp).toMatchObject({ from: mail.TICKETGATE_MAIL_FROM, isLocal: false });
    for (const shown of [inspect(config, { depth: 9 }), JSON.stringify(config)])
      expect(shown).not.toContain("a-password-of-mail");
    const local = read({ ...mail, TICKETGATE_SMTP_URL: "smtp://localhost:1025" });
    expect(local.mail.smtp?.isLocal).toBe(true);
  });

  it.each([
    ["TICKETGATE_SMTP_URL", "http://mail.example.com"],
    ["TICKETGATE_SMTP_URL", "smtp://post@"],
    ["TICKETGATE_SMTP_URL", "smtp://mail.example.com?tls=off"],
    ["TICKETGATE_SMTP_URL", "mail.example.com:25"],
    ["TICKETGATE_MAIL_FROM", "no address"],
    ["TICKETGATE_MAIL_FROM", "a@example.com, b@example.com"],
    ["TICKETGATE_MAIL_FROM", "Example\r\nBcc: eve@example.com <a@example.com>"],
    ["TICKETGATE_MAIL_LINK_SECONDS", "59"],
    ["TICKETGATE_MAIL_LINK_SECONDS", "86401"],
    ["TICKETGATE_ACCOUNT_REGISTRATION", "yes"],
  ])("refuse %s=%j by name, without the value", (name, value) => {
    const refused = () => read({ ...mail, [name]: value });
    expect(refused).toThrow(ConfigurationError);
    expect(refused).toThrow(name);
    expect(refused).not.toThrow(value);
    expect(() => read(mail)).not.toThrow();
  });

  it.each(Object.keys(mail))("are refused without the other: only %s", (name) => {
    const one = { [name]: mail[name as keyof typeof mail] };
    expect(() => read(one)).toThrow("mail takes both");
  });
});
