import { z } from "zod";
import { readEmail } from "./account/email.ts";
import { defaultLifetimes, type ProviderLifetimes } from "./engine/provider/lifetimes.ts";
import { Secret } from "./secret/secret.ts";

const SECRET_LENGTH = 32;
/** The names of this machine. */
export const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

const secret = z.string().min(SECRET_LENGTH, `must have at least ${SECRET_LENGTH} characters`);
/** Ten years: longer times are typing errors, and timestamps stay exact. */
const MOST_SECONDS = 315_360_000;
const count = z.coerce.number().int().positive().max(1_000_000);
const seconds = z.coerce.number().int().positive().max(MOST_SECONDS);
const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));

/** A URL without credentials, query and fragment that nobody on the way can read: https, or http on this machine. */
function safeUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const secure = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.has(url.hostname));
  return secure && !/[?#@\s\\]/.test(text) ? url : undefined;
}

const origin = z.string().transform((text, context) => {
  const url = safeUrl(text);
  if (url?.pathname === "/") return url.origin;
  context.addIssue({
    code: "custom",
    message: "must be an https origin such as https://login.example.com (http only for localhost)",
  });
  return z.NEVER;
});

/** Lifetimes stand in the service: what the environment does not say, an operator may change there. */
const unlessSet = (what: keyof ProviderLifetimes) =>
  `Unless it is set the service says so, which begins with ${defaultLifetimes[what]}.`;

/** An issuer and, behind the sign, the address of its keys. */
function trustedIssuer(entry: string): { issuer: string; jwksUri: string } | undefined {
  const [issuer = "", ...rest] = entry.split("=");
  const jwksUri = rest.join("=");
  const isAddress = URL.canParse(jwksUri) && /^https?:$/.test(new URL(jwksUri).protocol);
  return URL.canParse(issuer) && isAddress ? { issuer, jwksUri } : undefined;
}

/** An origin exactly as browsers send it, or the sign for all of them. */
function isOriginOrAll(text: string): boolean {
  return text === "*" || (URL.canParse(text) && new URL(text).origin === text);
}

/** The number of a client or a service. Not every number of sixteen digits is one that JavaScript holds. */
const identifier = z
  .string()
  .refine(
    (text) => /^[1-9]\d*$/.test(text) && Number.isSafeInteger(Number(text)),
    `must be a number from 1 to ${Number.MAX_SAFE_INTEGER}`,
  );

/** A URL that names a PostgreSQL server and a database on it. */
function isPostgresUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPostgres = url?.protocol === "postgres:" || url?.protocol === "postgresql:";
  return isPostgres && (url.hostname !== "" || url.searchParams.has("host")) && url.pathname.length > 1;
}

/** A URL that names a mail server. */
function isSmtpUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSmtp = url?.protocol === "smtp:" || url?.protocol === "smtps:";
  return isSmtp && url.hostname !== "" && /^\/?$/.test(url.pathname) && !/[?#\s\\]/.test(text);
}

/** An address, also behind a name. Neither can add a line to the head of a mail. */
function isSender(text: string): boolean {
  const { address = text } = /^[^<>"\p{C}]*<(?<address>[^<>]+)>$/u.exec(text)?.groups ?? {};
  return readEmail(address) === address;
}

/** Every environment variable that Ticketgate reads. The README's table is compared with this in a test. */
export const environmentSchema = z.object({
  NODE_ENV: z
    .enum(["development", "test", "production"])
    .default("production")
    .describe("Mode. `npm run dev` and `npm start` set it."),
  HOST: z.string().default("127.0.0.1").describe("Address to listen on."),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe("Port to listen on."),
  TICKETGATE_ORIGIN: origin
    .optional()
    .describe("The public origin of this server: issuer, and the only origin whose pages may call it."),
  TICKETGATE_ADDRESS_HEADER: z
    .string()
    .regex(/^[\w-]{1,64}$/, "must be the name of a header")
    .toLowerCase()
    .optional()
    .describe(
      "Header in which the proxy in front puts the caller's address, such as `x-real-ip`; of a list the last one counts. Without it tries to sign in are limited by user name only, and nobody is told where a device asks from.",
    ),
  TICKETGATE_STATE_DIR: z
    .string()
    .default(".ticketgate")
    .describe("Folder of the SQLite database and of generated development secrets."),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, "must be the URL of a PostgreSQL database: postgres://user:password@host/database")
    .optional()
    .describe(
      "A PostgreSQL database that keeps all state instead of SQLite: `postgres://user:password@host/database`. Any number of instances may share it.",
    ),
  TICKETGATE_SEALING_KEYS: list
    .pipe(z.array(secret).min(1))
    .optional()
    .describe("Keys that seal what is stored, newest first, separated by commas."),
  TICKETGATE_CLIENT_ID: identifier
    .default("1001")
    .describe("Client id of Ticketgate's own sign-in at the engine."),
  TICKETGATE_CLIENT_SECRET: secret
    .optional()
    .describe("Client secret of Ticketgate's own sign-in at the engine."),
  TICKETGATE_SCOPES: list.default(["profile", "email"]).describe("Scopes that the sign-in asks for."),
  TICKETGATE_SERVICE_ID: identifier.default("1").describe("Service id of the embedded engine."),
  TICKETGATE_ENGINE_TOKEN: secret.optional().describe("Bearer token for the Web API of the embedded engine."),
  TICKETGATE_BACKEND_CLIENT_ID: identifier
    .default("2001")
    .describe("Client id of a back end that may call `token.issue`."),
  TICKETGATE_BACKEND_CLIENT_SECRET: secret
    .optional()
    .describe("Client secret of that back end. Without it the embedded engine has no such client."),
  TICKETGATE_EXAMPLE_CLIENT_ID: identifier
    .optional()
    .describe(
      "Client id of the application in `examples/relying-party`, which the embedded engine of a development server has: 3001. Refused in production.",
    ),
  TICKETGATE_PASSWORD_GRANT_CLIENTS: list
    .default([])
    .describe(
      "Client ids that may use the password grant at `/oauth/token`. None unless listed (RFC 9700 2.4).",
    ),
  TICKETGATE_CIBA_CLIENTS: list
    .default([])
    .describe(
      "Client ids of clients that registered themselves and may use `/oauth/ciba` all the same. Clients that the operator registered need not be listed.",
    ),
  TICKETGATE_SESSION_IDLE_SECONDS: seconds
    .default(1800)
    .describe("A session ends after this long without use."),
  TICKETGATE_SESSION_ABSOLUTE_SECONDS: seconds
    .default(43200)
    .describe("A session ends after this long in any case."),
  TICKETGATE_TRANSACTION_SECONDS: seconds
    .default(600)
    .describe("A sign-in that was begun has to be finished within this time."),
  TICKETGATE_TRIES_PER_USERNAME: count
    .default(10)
    .describe("So many times a minute somebody may try to sign in with one user name."),
  TICKETGATE_TRIES_PER_ADDRESS: count
    .default(60)
    .describe("So many times a minute one address may try to sign in, where addresses are known."),
  TICKETGATE_MAILS_PER_ADDRESS: count
    .default(5)
    .describe("So many mails an hour go to one e-mail address because somebody asked for them."),
  TICKETGATE_REGISTRATION: z
    .enum(["off", "token", "open"])
    .optional()
    .describe(
      "Who may register clients at `/oauth/register`: nobody (`off`), whoever has the initial access token (`token`), everybody (`open`). `off` in production unless set, else `open`.",
    ),
  TICKETGATE_REGISTRATION_TOKEN: secret
    .optional()
    .describe(
      "The initial access token of registration (RFC 7591 3). Needed where only its holders may register clients.",
    ),
  TICKETGATE_REGISTRATIONS_PER_ADDRESS: count
    .default(100)
    .describe(
      "So many times an hour one address may try to register a client without the initial access token; callers whose address is not known count together.",
    ),
  TICKETGATE_CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.string().refine(isOriginOrAll, "must be origins such as https://app.example.com, or *")))
    .default([])
    .describe(
      "Origins whose scripts may call `/oauth/token`, `/oauth/userinfo`, `/oauth/revoke` and `/oauth/register`, separated by commas; `*` for all. Metadata and keys are for all.",
    ),
  TICKETGATE_CERTIFICATE_HEADER: z
    .string()
    .regex(/^[\w-]{1,64}$/, "must be the name of a header")
    .toLowerCase()
    .optional()
    .describe(
      "Header in which the proxy in front puts the client's certificate, as RFC 9440 (`client-cert`) or as percent-encoded PEM. The proxy must overwrite it. Without it there is no mutual TLS.",
    ),
  TICKETGATE_ASSERTION_ISSUERS: list
    .transform((entries) => entries.map(trustedIssuer))
    .pipe(
      z.array(
        z.object(
          { issuer: z.string(), jwksUri: z.string() },
          "must be pairs such as https://idp.example.com=https://idp.example.com/jwks",
        ),
      ),
    )
    .default([])
    .describe(
      "Issuers whose assertions about people of ours count (RFC 7523), each with the address of its keys: `https://idp.example.com=https://idp.example.com/jwks`.",
    ),
  TICKETGATE_ACCESS_TOKEN_SECONDS: seconds
    .optional()
    .describe(`An access token lives this long. ${unlessSet("accessToken")}`),
  TICKETGATE_REFRESH_TOKEN_SECONDS: seconds
    .optional()
    .describe(`A refresh token lives this long. ${unlessSet("refreshToken")}`),
  TICKETGATE_ID_TOKEN_SECONDS: seconds
    .optional()
    .describe(`An ID token is good for this long. ${unlessSet("idToken")}`),
  TICKETGATE_CODE_SECONDS: seconds
    .max(600)
    .optional()
    .describe(
      `An authorization code has to be used within this time, and so has a signed authorization response. ${unlessSet("code")}`,
    ),
  TICKETGATE_PAR_SECONDS: seconds
    .max(600)
    .optional()
    .describe(
      `A pushed authorization request has to be used within this time. ${unlessSet("pushedRequest")}`,
    ),
  TICKETGATE_DEVICE_SECONDS: seconds
    .optional()
    .describe(`A device's code has to be entered and confirmed within this time. ${unlessSet("device")}`),
  TICKETGATE_CIBA_SECONDS: seconds
    .optional()
    .describe(
      `A backchannel authentication request has to be decided within this time. ${unlessSet("backchannel")}`,
    ),
  TICKETGATE_TICKET_SECONDS: seconds
    .default(3600)
    .describe("A request that was begun at the embedded engine has to be decided within this time."),
  TICKETGATE_INTERACTION_SECONDS: seconds
    .default(1800)
    .describe("A person has this long to sign in and consent, once an application has sent them here."),
  TICKETGATE_FIRST_PARTY_CLIENTS: list
    .default([])
    .describe(
      "Client ids of your own applications, separated by commas: nobody is asked to consent to them.",
    ),
  TICKETGATE_ACCOUNT_REGISTRATION: z
    .enum(["off", "open"])
    .default("open")
    .describe("Whether people may get accounts by themselves at `/register`. That takes mail too."),
  TICKETGATE_SECOND_FACTOR: z
    .enum(["optional", "required"])
    .default("optional")
    .describe(
      "Who needs a code of an authenticator app to sign in: whoever has set one up (`optional`), or everybody (`required`), who then sets one up at the next sign-in.",
    ),
  TICKETGATE_SMTP_URL: z
    .string()
    .refine(isSmtpUrl, "must be the URL of a mail server: smtps://user:password@host or smtp://host:587")
    .transform((text) => new Secret(text))
    .optional()
    .describe(
      "The server that mail leaves by: `smtps://user:password@host`, or `smtp://` with STARTTLS. Without it a production server sends no mail, and nobody can register or get a new password by mail.",
    ),
  TICKETGATE_MAIL_FROM: z
    .string()
    .refine(isSender, "must be an address such as no-reply@example.com or Example <no-reply@example.com>")
    .optional()
    .describe("Who mail is from: an address, or a name and an address in angle brackets."),
  TICKETGATE_MAIL_LINK_SECONDS: seconds
    .min(60)
    .max(86_400)
    .default(1800)
    .describe("A link that was mailed is good for this long, once."),
  TICKETGATE_KEY_LIFETIME_SECONDS: seconds
    .default(7_776_000)
    .describe("A signing key of the embedded engine gets a successor at this age."),
  TICKETGATE_KEY_PUBLICATION_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(MOST_SECONDS)
    .default(86_400)
    .describe("A new signing key is published this long before it signs."),
  AUTHLETE_BASE_URL: z
    .string()
    .refine((text) => safeUrl(text) !== undefined, "must be an https URL (http only for localhost)")
    .optional()
    .describe("The Authlete cloud, for example https://us.authlete.com. Switches the embedded engine off."),
  AUTHLETE_SERVICE_ID: z
    .string()
    .regex(/^\d+$/, "must be a number")
    .optional()
    .describe("Service id in the Authlete cloud."),
  AUTHLETE_API_TOKEN: z.string().min(1).optional().describe("Service access token for the Authlete cloud."),
  AUTHLETE_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .positive()
    .max(600_000)
    .default(5000)
    .describe("How long one call of the Authlete cloud may take, in milliseconds."),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .default("info")
    .describe("The least important log line that is written."),
});

export type Variables = z.infer<typeof environmentSchema>;
