import type { ClientCredentials } from "./client-authentication.ts";
import { OAuthError } from "./error.ts";
import type { FormBody } from "./form-body.ts";

/** With what a request shows that its sender holds a key. */
export type ProvedRequest = {
  method: string;
  /** The address that the sender meant: ours as everybody knows it, without query (RFC 9449 section 4.2, `htu`). */
  target: string;
  /** The DPoP header (RFC 9449 section 4.1). */
  dpop: string | undefined;
  /** The certificate of the connection (RFC 8705) and the rest of its chain, PEM; empty when it had none. */
  certificates: readonly string[];
};

/** A request of a client application at a form endpoint, read and not yet judged. */
export type OAuthRequest = ProvedRequest & {
  form: FormBody;
  credentials: ClientCredentials;
  /** The header Accept. */
  accept: string | undefined;
  /** The headers of attestation-based client authentication. */
  attestation: string | undefined;
  attestationPop: string | undefined;
};

/** What gives power to whoever reads it in an address bar, a log or a Referer header. */
const BODY_ONLY = [
  "client_id",
  "client_secret",
  "client_assertion",
  "grant_type",
  "username",
  "password",
  "code",
  "refresh_token",
  "token",
] as const;

/**
 * MUST NOT, RFC 6749 section 2.3.1: credentials in the request URI.
 *
 * @param url the request's URL.
 * @throws OAuthError invalid_request.
 */
export function refuseCredentialsInUrl(url: string): void {
  const query = url.indexOf("?");
  if (query === -1) return;
  const parameters = new URLSearchParams(url.slice(query + 1));
  if (!BODY_ONLY.some((name) => parameters.has(name))) return;
  throw new OAuthError("invalid_request", "The parameters belong in the body, not in the URL.");
}
