/** What a client may say at the logout endpoint (OpenID Connect RP-Initiated Logout 1.0, section 2). */
export type LogoutRequest = {
  idTokenHint: string | undefined;
  clientId: string | undefined;
  postLogoutRedirectUri: string | undefined;
  state: string | undefined;
  uiLocales: string | undefined;
};

/** Far more than a request of anybody needs, and less than a browser can send. */
const LONGEST = { idTokenHint: 16_384, other: 2_048 };

/**
 * Reads a logout request. A parameter without a value counts as absent.
 *
 * @returns `undefined` when a parameter comes twice, or is longer than any can be.
 */
export function readLogoutRequest(parameters: URLSearchParams): LogoutRequest | undefined {
  const names = [...parameters.keys()];
  if (new Set(names).size !== names.length) return undefined;
  const one = (name: string) => parameters.get(name) || undefined;
  const request = {
    idTokenHint: one("id_token_hint"),
    clientId: one("client_id"),
    postLogoutRedirectUri: one("post_logout_redirect_uri"),
    state: one("state"),
    uiLocales: one("ui_locales"),
  };
  const { idTokenHint = "", ...others } = request;
  if (idTokenHint.length > LONGEST.idTokenHint) return undefined;
  return Object.values(others).every((value = "") => value.length <= LONGEST.other) ? request : undefined;
}
