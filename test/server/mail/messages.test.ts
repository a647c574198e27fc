import { describe, expect, it } from "vitest";
import { type MailKind, writeMail } from "../../../src/server/mail/messages.ts";

const link = "https://gate.example/reset/a-b_c";
const kinds: MailKind[] = [
  { kind: "confirm-registration", link, minutes: 30 },
  { kind: "account-exists", loginLink: link, resetLink: `${link}?a=1&b="2"` },
  { kind: "verify-email", link, minutes: 30 },
  { kind: "reset-password", link, minutes: 30 },
  { kind: "password-changed", resetLink: link },
  { kind: "backchannel-request", link, client: "Call Centre", message: "W4SCT", minutes: 30 },
  ...(["on", "off", "codes", "code-used"] as const).map(
    (change): MailKind => ({ kind: "second-factor", change, accountLink: link }),
  ),
];

describe.each(["en", "ja"] as const)("mails in %s", (language) => {
  it.each(kinds)("are plain text and the same as HTML: $kind", (about) => {
    const { to, subject, text, html } = writeMail("zoe@example.com", language, about);
    expect(to).toBe("zoe@example.com");
    expect(subject).toMatch(/^[^\r\n]{5,60}$/);
    expect(text).toContain(`\n${link}`);
    expect(html).toContain(`<a href="${link}`);
    expect(html).toContain(`<html lang="${language}">`);
    if ("minutes" in about) expect(text).toContain("30");
    const shown = html
      .replace(/^[\s\S]*<body>/, "")
      .replace(/<[^>]+>/g, "")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&");
    expect(shown.split("\n")).toEqual(text.trim().split("\n\n"));
  });

  it("hold nothing in HTML that a link could break out with", () => {
    const evil = `https://gate.example/"><script>alert(1)</script>&x`;
    const { html } = writeMail("zoe@example.com", language, { kind: "password-changed", resetLink: evil });
    expect(html).not.toContain("<script>");
    expect(html).toContain("&quot;&gt;&lt;script&gt;");
  });

  it("are another text in each language", () => {
    for (const about of kinds) {
      const other = writeMail("a@example.com", language === "en" ? "ja" : "en", about);
      expect(writeMail("a@example.com", language, about).subject).not.toBe(other.subject);
    }
  });
});
