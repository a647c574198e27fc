import { isRedirectUri } from "../oauth/redirect-uri.ts";

/** What an address of a client has to be, in words, and whether one is. */
export type AddressRule = Readonly<{ words: string; holds: (address: string) => boolean }>;

const webAddress: AddressRule = {
  words: "an http or https address",
  holds: (address) => hasScheme(address, /^https?:$/),
};
const secureAddress: AddressRule = {
  words: "an https address without user name and password",
  holds: (address) => hasScheme(address, /^https:$/) && !hasCredentials(address),
};

/**
 * The rules of the options that take addresses. The engine is who decides: these tell which of several addresses it refused, and why.
 *
 * @see RFC 6749, section 3.1.2; OpenID Connect Core 1.0, section 6.2
 */
export const addressRules: Readonly<Record<string, AddressRule>> = {
  "redirect-uri": {
    words: "an absolute URI without fragment, and none that a browser runs",
    holds: isRedirectUri,
  },
  "request-uri": secureAddress,
  "sector-identifier-uri": secureAddress,
  "client-uri": webAddress,
  "logo-uri": webAddress,
  "policy-uri": webAddress,
  "tos-uri": webAddress,
  "jwks-uri": webAddress,
};

function hasScheme(address: string, scheme: RegExp): boolean {
  return URL.canParse(address) && scheme.test(new URL(address).protocol);
}

function hasCredentials(address: string): boolean {
  const { username, password } = new URL(address);
  return username !== "" || password !== "";
}
