import type { NotifyClient } from "../flow/backchannel/notify.ts";
import { type PostPorts, post } from "../jwks/post.ts";

const TIMEOUT_MS = 3_000;

/**
 * Makes the sender of notifications to clients (CIBA Core 10.2 and 10.3.1): JSON, with the token that the client gave as bearer, to the
 * endpoint that it registered.
 *
 * @returns a function that rejects when the client cannot be reached or does not answer with success.
 */
export function createClientNotifier(ports: Omit<PostPorts, "timeoutMs">): NotifyClient {
  return async ({ endpoint, token, content }) => {
    const sent = { type: "application/json", body: content, authorization: `Bearer ${token}` };
    const status = await post({ ...ports, timeoutMs: TIMEOUT_MS }, endpoint, sent);
    if (status < 200 || status > 299) throw new Error(`the client answers with the status ${status}`);
  };
}
