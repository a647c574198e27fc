import { z } from "zod";
import { OAuthError } from "./error.ts";
import { wrongLogoutMember } from "./logout-metadata.ts";
import type { ServerMetadata } from "./server-metadata.ts";
import { unsupportedMember } from "./supported-metadata.ts";
import { hasUnseen } from "./visible-text.ts";

const metadataSchema = z.record(z.string(), z.unknown());

/** Scopes that a client gets from the operator and from nobody else. */
export const RESERVED_SCOPES: ReadonlySet<string> = new Set(["token:issue"]);

/** Grant types that let a client act for people who gave it nothing: the operator alone gives them. */
const RESERVED_GRANT_TYPES: ReadonlySet<unknown> = new Set([
  "password",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:token-exchange",
]);

/** What the metadata of a client have to fit. */
export type RegistrationPolicy = {
  /** The scopes of the server. */
  scopes: readonly string[];
  /** The metadata that the server publishes about itself. */
  server: ServerMetadata;
  /** Whether clients may be told of logout on this machine without TLS: in development. */
  plainLoopback: boolean;
};

/**
 * The metadata of a client that registers itself, with nothing in it that is the operator's to give or that cannot work. Without scopes it gets all that are not
 * reserved, so that what it may ask for is written down in any case (RFC 7591 section 2).
 *
 * @param text JSON as it was received.
 * @returns JSON for the engine.
 * @throws OAuthError invalid_client_metadata.
 */
export function ownClientMetadata(text: string, policy: RegistrationPolicy): string {
  const metadata = parsed(text);
  const scopes = scopesOf(metadata) ?? policy.scopes.filter((name) => !RESERVED_SCOPES.has(name));
  if (scopes.some((name) => RESERVED_SCOPES.has(name))) throw wrong("The scope is not for every client.");
  const grantTypes = Array.isArray(metadata.grant_types) ? metadata.grant_types : [];
  if (grantTypes.some((type) => RESERVED_GRANT_TYPES.has(type))) {
    throw wrong("The grant type is not for every client.");
  }
  const member =
    unreadableName(metadata) ??
    wrongLogoutMember(metadata, policy) ??
    unsupportedMember(metadata, policy.server);
  if (member !== undefined) throw wrong(`The member ${member} has a value that is not supported.`);
  return JSON.stringify({ ...metadata, scope: scopes.join(" ") });
}

/** People who are asked to agree read this name: it has to be one, in whatever language. */
const LONGEST_NAME = 100;

/** The first `client_name` that cannot be read; names of another type are the engine's to judge. */
function unreadableName(metadata: Record<string, unknown>): string | undefined {
  return Object.entries(metadata).find(
    ([member, name]) =>
      /^client_name(?:#|$)/.test(member) &&
      typeof name === "string" &&
      (name.trim() === "" || name.length > LONGEST_NAME || hasUnseen(name)),
  )?.[0];
}

function parsed(text: string): Record<string, unknown> {
  try {
    return metadataSchema.parse(JSON.parse(text));
  } catch {
    throw wrong("The client metadata are not a JSON object.");
  }
}

function scopesOf({ scope }: Record<string, unknown>): string[] | undefined {
  if (scope === undefined || scope === null || scope === "") return undefined;
  if (typeof scope !== "string") throw wrong("The scope is not a text.");
  return scope.split(" ").filter((name) => name !== "");
}

function wrong(description: string): OAuthError {
  return new OAuthError("invalid_client_metadata", description);
}
