import type { OAuthAnswer } from "./answer.ts";

const uncached = { "cache-control": "no-store", pragma: "no-cache", "x-content-type-options": "nosniff" };

/** What a resource of this server answers when no access token came: how to present one, and no error (RFC 6750 section 3.1). */
export function tokenMissing(): OAuthAnswer {
  return challenged(401, 'Bearer realm="oauth", DPoP realm="oauth"');
}

/**
 * A refusal of this server's own as a challenge (RFC 6750 section 3, RFC 9449 section 7.1).
 *
 * @param refusal.description constant text without quotes.
 */
export function tokenRefused(
  status: number,
  { scheme, error, description }: { scheme: "Bearer" | "DPoP"; error: string; description: string },
): OAuthAnswer {
  return challenged(status, `${scheme} error="${error}", error_description="${description}"`);
}

/** An answer that says no more than the value of its header `WWW-Authenticate`. */
export function challenged(status: number, challenge: string): OAuthAnswer {
  return { status, headers: { ...uncached, "www-authenticate": challenge }, body: "" };
}
