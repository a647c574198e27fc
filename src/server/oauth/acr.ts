/**
 * How strongly a person was authenticated (OIDC Core 2, `acr`): the values that Ticketgate puts into ID tokens and that a client may ask
 * for with `acr_values`.
 */
export const authenticationContext = {
  /** A password, and nothing beside it. */
  password: "urn:ticketgate:acr:password",
  /** A password, and a one-time password beside it. */
  multiFactor: "urn:ticketgate:acr:multi-factor",
} as const;

/** All of them, the weakest first. */
export const authenticationContexts: readonly string[] = Object.values(authenticationContext);
