import { errorAnswer, type OAuthAnswer, withHeaders } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";

/**
 * 429 (RFC 6585 section 4). RFC 6749 section 5.2 has no code for it, so the code is the one of what is worth another try.
 *
 * @param description of what there were too many, for the client.
 * @param seconds to wait.
 */
export function tooManyRequests(description: string, seconds: number): OAuthAnswer {
  const refusal = new OAuthError("temporarily_unavailable", description, { status: 429 });
  return withHeaders(errorAnswer(refusal), { "retry-after": String(seconds) });
}
