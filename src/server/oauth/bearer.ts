import { OAuthError } from "./error.ts";

/** An access token as it was presented. */
export type PresentedToken = { token: string; scheme: "Bearer" | "DPoP" };

const TOKEN = /^(?<scheme>Bearer|DPoP) +(?<token>[A-Za-z0-9\-._~+/]+=*) *$/i;

/**
 * The access token of a request: in the Authorization header (RFC 6750 section 2.1, RFC 9449 section 7.1), or in a form (RFC 6750 section
 * 2.2). Never in the address, where it would be logged.
 *
 * @param places.authorization the Authorization header.
 * @param places.inForm the parameter `access_token` of the body.
 * @param places.url the request's URL.
 * @returns `undefined` when there is none.
 * @throws OAuthError invalid_request for more than one, for one in the address, and for a header of another form.
 */
export function readAccessToken({
  authorization,
  inForm,
  url,
}: {
  authorization: string | null;
  inForm: string | undefined;
  url: string;
}): PresentedToken | undefined {
  if (url.includes("?") && new URL(url).searchParams.has("access_token")) {
    throw new OAuthError("invalid_request", "The access token does not belong in the URL.");
  }
  if (authorization === null) return inForm === undefined ? undefined : { token: inForm, scheme: "Bearer" };
  if (inForm !== undefined) {
    throw new OAuthError("invalid_request", "The access token was sent in more than one way.");
  }
  const { scheme, token } = TOKEN.exec(authorization)?.groups ?? {};
  if (token === undefined) {
    throw new OAuthError("invalid_request", "The Authorization header is not valid.");
  }
  return { token, scheme: scheme?.toLowerCase() === "dpop" ? "DPoP" : "Bearer" };
}
