import { createTransport } from "nodemailer";
import type { Secret } from "../secret/secret.ts";
import type { Mailer } from "./mail.ts";

/** How mail leaves: `url` is `smtp://user:password@host:587` or `smtps://`, `from` an address with or without a name. */
export type SmtpSettings = Readonly<{ url: Secret; from: string; isLocal: boolean }>;

const TIMEOUT_MS = 20_000;
const PORTS = { "smtp:": 587, "smtps:": 465 } as const;

/**
 * Sends mail over SMTP (RFC 5321). Without TLS from the first byte it is begun by STARTTLS (RFC 3207), and where that cannot be had nothing
 * is sent; only a server on this machine need not have it.
 */
export function createSmtpMailer({ url, from, isLocal }: SmtpSettings): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url.reveal());
  const secure = protocol === "smtps:";
  const transport = createTransport({
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? PORTS[secure ? "smtps:" : "smtp:"] : Number(port),
    secure,
    requireTLS: !secure && !isLocal,
    ignoreTLS: !secure && isLocal,
    ...(username === ""
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    pool: true,
    maxConnections: 2,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, html }) {
      await transport.sendMail({
        from,
        to: { name: "", address: to },
        subject,
        text,
        html,
        // Nobody wants to hear that a machine is on holiday (RFC 3834 5).
        headers: { "Auto-Submitted": "auto-generated" },
      });
    },
    close: () => transport.close(),
  };
}
