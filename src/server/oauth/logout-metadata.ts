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
