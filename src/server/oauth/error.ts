/** Every error code that an endpoint answers with, and the HTTP status that goes with it. */
const statuses = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  invalid_target: 400,
  invalid_client_metadata: 400,
  invalid_token: 401,
  access_denied: 403,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export type OAuthErrorCode = keyof typeof statuses;

/**
 * A refusal in the words of the specification. `description` is constant text for the client: no input in it, and only
 * the characters of RFC 6749 section 5.2. `detail` is for the log and never leaves the server.
 *
 * @see RFC 6749 section 5.2
 */
export class OAuthError extends Error {
  readonly error: OAuthErrorCode;
  readonly description: string;
  readonly status: number;
  readonly detail: string | undefined;

  constructor(
    error: OAuthErrorCode,
    description: string,
    options: { status?: number; detail?: string } = {},
  ) {
    super(`${error}: ${description}`);
    this.name = "OAuthError";
    this.error = error;
    this.description = description;
    this.status = options.status ?? statuses[error];
    this.detail = options.detail;
  }
}
