import { OAuthError } from "./error.ts";
import { type FormBody, formDecode } from "./form-body.ts";

/** How a client says who it is, and with what it proves it (RFC 6749 section 2.3, RFC 7591 section 2). */
export type ClientCredentials =
  | { method: "client_secret_basic" | "client_secret_post"; clientId: string; clientSecret: string }
  /** `private_key_jwt` or `client_secret_jwt` (RFC 7523): who it is stands in the assertion. */
  | { method: "client_assertion"; clientId: string | undefined }
  /** A public client, or nobody. */
  | { method: "none"; clientId: string | undefined };

type BasicCredentials = Extract<ClientCredentials, { clientSecret: string }>;

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/**
 * Reads a client's credentials from where RFC 6749 section 2.3.1 lets it put them. Nothing is verified here.
 *
 * @param authorization the Authorization header.
 * @param form the body's parameters.
 * @throws OAuthError invalid_client for a header that is not well-formed Basic; invalid_request for more than one method,
 *   or for two client identifiers that differ.
 */
export function readClientCredentials(authorization: string | null, form: FormBody): ClientCredentials {
  const basic = authorization === null ? undefined : parseBasic(authorization);
  const clientId = form.parameters.get("client_id");
  const clientSecret = form.parameters.get("client_secret");
  const assertion = form.parameters.has("client_assertion");
  refuseTwoMethods([basic !== undefined, clientSecret !== undefined, assertion]);
  if (basic) {
    refuseOtherClientId(basic.clientId, clientId);
    return basic;
  }
  if (assertion) return { method: "client_assertion", clientId };
  if (clientSecret === undefined) return { method: "none", clientId };
  if (clientId === undefined) throw new OAuthError("invalid_request", "The parameter client_id is missing.");
  return { method: "client_secret_post", clientId, clientSecret };
}

/** MUST NOT, RFC 6749 section 2.3: more than one authentication method in a request. */
function refuseTwoMethods(used: readonly boolean[]): void {
  if (used.filter(Boolean).length <= 1) return;
  throw new OAuthError("invalid_request", "The client used more than one way to authenticate.");
}

/** Our policy: a request names one client. Which of two would be meant is not for a server to guess. */
function refuseOtherClientId(authenticated: string, named: string | undefined): void {
  if (named === undefined || named === authenticated) return;
  throw new OAuthError("invalid_request", "The request names two different clients.");
}

/**
 * HTTP Basic with the two parts form-encoded before they were joined, so both are form-decoded after they are split
 * (RFC 6749 section 2.3.1). A colon in the identifier arrives as `%3A`; the first bare colon ends the identifier.
 */
function parseBasic(authorization: string): BasicCredentials {
  const encoded = BASIC.exec(authorization)?.[1];
  if (encoded === undefined) throw malformed("not a Basic header");
  const pair = Buffer.from(encoded, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  if (colon < 1 || pair.includes("\uFFFD")) throw malformed("no client identifier, or not UTF-8");
  const clientId = formDecode(pair.slice(0, colon));
  const clientSecret = formDecode(pair.slice(colon + 1));
  if (!clientId || clientSecret === undefined) throw malformed("broken form encoding");
  return { method: "client_secret_basic", clientId, clientSecret };
}

function malformed(detail: string): OAuthError {
  return new OAuthError("invalid_client", "The Authorization header is not valid.", { detail });
}
