import { z } from "zod";

const uriSchema = z.string().min(1).max(2048);

/** How a client takes part in logout, under the names that it registers them with. What is not as it should be counts as absent. */
const metadataSchema = z.object({
  post_logout_redirect_uris: z.array(uriSchema).max(50).catch([]),
  backchannel_logout_uri: uriSchema.optional().catch(undefined),
  backchannel_logout_session_required: z.boolean().catch(false),
  frontchannel_logout_uri: uriSchema.optional().catch(undefined),
  frontchannel_logout_session_required: z.boolean().catch(false),
});

/**
 * How a client takes part in logout.
 *
 * @see OpenID Connect RP-Initiated Logout 1.0, section 3.1; Back-Channel Logout 1.0, section 2.2; Front-Channel Logout 1.0, section 2
 */
export type LogoutMetadata = z.infer<typeof metadataSchema>;

/** The names of the members, as clients register them. */
export const logoutMetadataNames = Object.keys(metadataSchema.shape) as (keyof LogoutMetadata)[];

/**
 * Reads how a client takes part in logout. The engine knows nothing about it and keeps it among the metadata that it does not know.
 *
 * @param customMetadata JSON text of an object, or nothing. Whatever cannot be read takes part in nothing.
 */
export function readLogoutMetadata(customMetadata: string | undefined): LogoutMetadata {
  const parsed = metadataSchema.safeParse(parseJson(customMetadata));
  return parsed.success ? parsed.data : metadataSchema.parse({});
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    return {};
  }
}

/** Schemes that no application takes people back by: what a browser runs or shows by itself. */
const NO_APPLICATION: ReadonlySet<string> = new Set([
  "about:",
  "blob:",
  "data:",
  "file:",
  "filesystem:",
  "javascript:",
  "vbscript:",
  "view-source:",
]);
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

const flag = z.boolean().nullish();

/** What clients may register. */
const registrationSchema = (plainLoopback: boolean) =>
  z.object({
    post_logout_redirect_uris: z
      .array(uriSchema.refine(isAddress(({ protocol }) => !NO_APPLICATION.has(protocol))))
      .max(50)
      .nullish(),
    backchannel_logout_uri: uriSchema
      .refine(
        isAddress(
          ({ protocol, hostname }) =>
            protocol === "https:" || (plainLoopback && protocol === "http:" && LOOPBACK.has(hostname)),
        ),
      )
      .nullish(),
    backchannel_logout_session_required: flag,
    frontchannel_logout_uri: uriSchema
      .refine(isAddress(({ protocol }) => protocol === "https:" || protocol === "http:"))
      .nullish(),
    frontchannel_logout_session_required: flag,
  });

/** The characters of a URI (RFC 3986 section 2), without the sign of a fragment. */
const URI = /^[\x21-\x22\x24-\x7e]+$/;

/** An absolute URI without fragment and credentials that a rule lets pass. */
function isAddress(rule: (url: URL) => boolean): (text: string) => boolean {
  return (text) => {
    const url = URL.parse(text);
    return url !== null && URI.test(text) && url.username === "" && url.password === "" && rule(url);
  };
}

/**
 * The first member about logout that a client must not register, because it is not what it has to be or nothing would come of it.
 *
 * @param options.plainLoopback whether the back channel may reach this machine without TLS: in development.
 * @returns the member's name, or `undefined`.
 * @see OpenID Connect RP-Initiated Logout 1.0, section 3.1; Back-Channel Logout 1.0, section 2.2; Front-Channel Logout 1.0, section 2
 */
export function wrongLogoutMember(
  metadata: Readonly<Record<string, unknown>>,
  { plainLoopback }: { plainLoopback: boolean },
): string | undefined {
  const { error } = registrationSchema(plainLoopback).safeParse(metadata);
  const name = error?.issues[0]?.path[0];
  return name === undefined ? undefined : String(name);
}
