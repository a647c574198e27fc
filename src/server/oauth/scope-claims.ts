/** The claims of end-users that each shortcut scope asks for (OIDC Core 5.4). */
export const scopeClaims: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "profile",
    [
      "name",
      "family_name",
      "given_name",
      "middle_name",
      "nickname",
      "preferred_username",
      "profile",
      "picture",
      "website",
      "gender",
      "birthdate",
      "zoneinfo",
      "locale",
      "updated_at",
    ],
  ],
  ["email", ["email", "email_verified"]],
  ["address", ["address"]],
  ["phone", ["phone_number", "phone_number_verified"]],
]);

/** The names of all claims that these scopes ask for, each once. */
export function claimsOfScopes(scopes: readonly string[]): string[] {
  return [...new Set(scopes.flatMap((scope) => scopeClaims.get(scope) ?? []))];
}
