import { afterEach, describe, expect, it } from "vitest";
import { writeMail } from "../../../src/server/mail/messages.ts";
import { createSmtpMailer } from "../../../src/server/mail/smtp.ts";
import { Secret } from "../../../src/server/secret/secret.ts";
import { type MailServer, startMailServer } from "../../support/mail-server.ts";

const from = "Ticketgate <no-reply@example.com>";
const link = `https://gate.example/reset/${"x".repeat(43)}`;
const mail = writeMail("zoe@example.com", "ja", { kind: "reset-password", link, minutes: 30 });

let server: MailServer;
afterEach(() => server.stop());

async function send(url: string, isLocal: boolean) {
  const mailer = createSmtpMailer({ url: new Secret(url), from, isLocal });
  try {
    await mailer.send(mail);
  } finally {
    mailer.close();
  }
}

describe("mail over SMTP", () => {
  it("arrives as it was written, as text and as HTML", async () => {
    server = await startMailServer();
    await send(server.url, true);
    const [arrived] = server.mails;
    expect(arrived).toMatchObject({ from: "no-reply@example.com", to: ["zoe@example.com"] });
    expect(arrived?.mail).toMatchObject({
      from: { name: "Ticketgate", address: "no-reply@example.com" },
      to: [{ address: "zoe@example.com" }],
      subject: mail.subject,
    });
    expect(arrived?.mail.text?.trim()).toBe(mail.text.trim());
    expect(arrived?.mail.html?.trim()).toBe(mail.html.trim());
    expect(arrived?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  });

  it("signs in to the server with user name and password, which may hold any character", async () => {
    const seen: unknown[] = [];
    server = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _, done) {
        seen.push([username, password]);
        done(null, { user: username });
      },
    });
    await send(server.url.replace("//", "//post%40example:p%2Fss%3Aw%C3%B6rd@"), true);
    expect(seen).toEqual([["post@example", "p/ss:wörd"]]);
    expect(server.mails).toHaveLength(1);
  });

  it("does not leave in the clear for another machine (RFC 3207)", async () => {
    server = await startMailServer();
    await expect(send(server.url, false)).rejects.toThrow(/TLS/i);
    expect(server.mails).toEqual([]);
  });

  it("does not leave for a server whose certificate nobody vouches for", async () => {
    server = await startMailServer({ disabledCommands: [] });
    await expect(send(server.url, false)).rejects.toThrow(/certificate/i);
    expect(server.mails).toEqual([]);
  });
});
