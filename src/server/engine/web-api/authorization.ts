import { WebApiRefusal } from "./refusal.ts";

/**
 * Lets a call pass that carries the access token of the service (RFC 6750 section 2.1).
 *
 * @param isAccessToken tells whether a text is that token, in a time that says nothing about it.
 * @throws WebApiRefusal with 400 or 401.
 */
export function checkAuthorization(
  header: string | null,
  isAccessToken: (presented: string) => boolean,
): void {
  if (header === null) throw unauthorized("missingAuthorization", "Bearer");
  const [, presented] = /^Bearer +([\x21-\x7e]+) *$/i.exec(header) ?? [];
  if (presented === undefined) throw new WebApiRefusal("malformedAuthorization");
  if (!isAccessToken(presented)) {
    throw unauthorized("wrongAccessToken", 'Bearer error="invalid_token"');
  }
}

function unauthorized(reason: "missingAuthorization" | "wrongAccessToken", challenge: string): WebApiRefusal {
  return new WebApiRefusal(reason, { headers: { "www-authenticate": challenge } });
}
