import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as it arrived: who it was said to be from and to, its bytes, and what they say. */
export type ArrivedMail = { from: string; to: string[]; raw: string; mail: Email };

/** A mail server on this machine that keeps what it gets. */
export type MailServer = {
  url: string;
  port: number;
  mails: ArrivedMail[];
  /** How many more mails are refused for now. */
  refuse(count: number): void;
  stop(): Promise<void>;
};

/**
 * Starts a mail server on a free port.
 *
 * @param options of the package; without one anybody may send, in the clear.
 */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: ArrivedMail[] = [];
  let refusals = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    ...options,
    onData(stream, session, done) {
      void buffer(stream).then(async (bytes) => {
        if (refusals > 0) {
          refusals -= 1;
          return done(Object.assign(new Error("later"), { responseCode: 451 }));
        }
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          raw: bytes.toString("latin1"),
          mail: await PostalMime.parse(bytes),
        });
        done();
      });
    },
  });
  // A sender that breaks off a handshake is what some tests are about.
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    refuse: (count) => {
      refusals = count;
    },
    stop: () => new Promise((done) => server.close(() => done())),
  };
}
