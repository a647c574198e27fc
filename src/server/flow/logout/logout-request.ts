/** What a client may say at the logout endpoint (OpenID Connect RP-Initiated Logout 1.0, section 2). */
export type LogoutRequest = {
  idTokenHint: string | undefined;
  clientId: string | undefined;
  postLogoutRedirectUri: string | undefined;
  state: string | undefined;
  uiLocales: string | undefined;
};

/** The parameters that mean something here; any other is ignored. */
const names = ["id_token_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales"] as const;

/** Far more than a request of anybody needs, and less than a browser can send. */
const LONGEST = { idTokenHint: 16_384, other: 2_048 };

/**
 * Reads a logout request. A parameter without a value counts as absent.
 *
 * @returns `undefined` when a parameter comes twice, or is longer than any can be.
 */
export function readLogoutRequest(parameters: URLSearchParams): LogoutRequest | undefined {
  const sent = [...parameters.keys()];
  if (new Set(sent).size !== sent.length) return undefined;
  const one = (name: (typeof names)[number]) => parameters.get(name) || undefined;
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

/** What of the parameters means something here. */
export function knownParameters(parameters: URLSearchParams): URLSearchParams {
  return new URLSearchParams(names.flatMap((name) => parameters.getAll(name).map((value) => [name, value])));
}
