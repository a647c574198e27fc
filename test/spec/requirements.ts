/** A requirement that Ticketgate claims to meet, and the file whose tests show it. */
export type Requirement = {
  /** The specification and its section, as the test's title names it. */
  section: string;
  requirement: string;
  test: string;
  /** Words of the title of a test, or of the group it stands in. */
  title: string;
};

const authentication = "rfc6749-2.3-client-authentication.test.ts";
const endpoint = "rfc6749-3.2-token-endpoint.test.ts";
const passwords = "rfc6749-4.3-password-grant.test.ts";
const clientCredentials = "rfc6749-4.4-client-credentials-grant.test.ts";
const response = "rfc6749-5.1-token-response.test.ts";
const errors = "rfc6749-5.2-error-response.test.ts";
const refreshing = "rfc6749-6-refresh-token.test.ts";
const revocation = "rfc7009-2-revocation.test.ts";
const introspection = "rfc7662-2-introspection.test.ts";
const signedIntrospection = "rfc9701-4-jwt-introspection.test.ts";
const keys = "rfc7517-5-jwk-set.test.ts";
const pushed = "rfc9126-2-pushed-requests.test.ts";
const registration = "rfc7591-3-client-registration.test.ts";
const configuration = "rfc7592-2-client-configuration.test.ts";
const device = "rfc8628-3.1-device-authorization.test.ts";
const exchange = "rfc8693-2-token-exchange.test.ts";
const assertions = "rfc7523-2.1-jwt-bearer.test.ts";
const references = "rfc9101-5.2-request-uri.test.ts";
const authorizing = "rfc9126-4-authorization-request.test.ts";
const addresses = "rfc9700-4.1-redirect-uri.test.ts";
const codes = "rfc9700-2.1-code-grant.test.ts";
const certificates = "rfc8705-2-mutual-tls.test.ts";
const proofs = "rfc9449-7-protected-resource.test.ts";
const listed = "rfc9700-2.4-password-grant.test.ts";
const secondFactor = "rfc6238-5.2-second-factor.test.ts";

/** What the endpoints under `/oauth` claim, in the words of this project. */
export const requirements: readonly Requirement[] = [
  {
    section: "RFC 6749 §2.3",
    requirement: "A client uses one authentication method in a request.",
    test: authentication,
    title: "more than one authentication method is invalid_request",
  },
  {
    section: "RFC 6749 §2.3.1",
    requirement: "Clients with a secret can authenticate with HTTP Basic, both parts form-encoded.",
    test: authentication,
    title: "Basic credentials are form-encoded before they are joined",
  },
  {
    section: "RFC 6749 §2.3.1",
    requirement: "Credentials do not stand in the request URI.",
    test: authentication,
    title: "credentials MUST NOT stand in the request URI",
  },
  {
    section: "RFC 6749 §3.2",
    requirement: "Token requests use POST.",
    test: endpoint,
    title: "POST, and nothing else",
  },
  {
    section: "RFC 6749 §3.2",
    requirement: "Parameters without a value count as omitted.",
    test: endpoint,
    title: "without a value (%s) count as not sent",
  },
  {
    section: "RFC 6749 §3.2",
    requirement: "Unknown parameters are ignored.",
    test: endpoint,
    title: "that are unknown are ignored",
  },
  {
    section: "RFC 6749 §3.2",
    requirement: "Parameters are not sent more than once.",
    test: endpoint,
    title: "sent twice (%s) are invalid_request",
  },
  {
    section: "RFC 6749 §3.2 and appendix B",
    requirement: "Parameters come as a form in UTF-8.",
    test: endpoint,
    title: "a form in UTF-8",
  },
  {
    section: "RFC 6749 §3.3",
    requirement: "A scope that differs from the one asked for is told.",
    test: response,
    title: "tells the scope when it is not what was asked for",
  },
  {
    section: "RFC 6749 §4.3",
    requirement: "The resource owner's credentials are validated.",
    test: passwords,
    title: "refuses %s with invalid_grant, all with one text",
  },
  {
    section: "RFC 6749 §4.3.2",
    requirement: "The endpoint is protected against brute force attacks.",
    test: passwords,
    title: "refuses a user name after too many tries, whatever the password, and says how long to wait",
  },
  {
    section: "RFC 6749 §4.4",
    requirement: "The client credentials grant is for confidential clients.",
    test: clientCredentials,
    title: "MUST only be used by confidential clients",
  },
  {
    section: "RFC 6749 §4.4.2",
    requirement: "The client authenticates.",
    test: clientCredentials,
    title: "the client MUST authenticate",
  },
  {
    section: "RFC 6749 §4.4.3",
    requirement: "No refresh token comes with client credentials.",
    test: clientCredentials,
    title: "a refresh token is not included",
  },
  {
    section: "RFC 6749 §5.1",
    requirement: "The response names the access token, its type and its lifetime.",
    test: response,
    title: "of %s names the token, its type and its lifetime in seconds",
  },
  {
    section: "RFC 6749 §5.1",
    requirement: "A response with a token has Cache-Control: no-store and Pragma: no-cache.",
    test: response,
    title: "of %s is 200 JSON that is kept nowhere",
  },
  {
    section: "RFC 6749 §5.2",
    requirement: "A refusal names one of the error codes, in the characters that are allowed.",
    test: errors,
    title: "every refusal is an error object, uncached, and holds no token",
  },
  {
    section: "RFC 6749 §5.2",
    requirement: "Failed authentication is 401 with a challenge for the scheme that was used.",
    test: authentication,
    title: "failed authentication is 401 invalid_client with a challenge",
  },
  {
    section: "RFC 6749 §6",
    requirement: "A confidential client authenticates to refresh.",
    test: authentication,
    title: "a confidential client cannot refresh without authenticating",
  },
  {
    section: "RFC 6749 §6",
    requirement: "A refresh token is bound to the client it was issued to.",
    test: refreshing,
    title: "is bound to the client",
  },
  {
    section: "RFC 6749 §6",
    requirement: "A refresh does not go beyond the scope that was granted.",
    test: refreshing,
    title: "never widens it",
  },
  {
    section: "RFC 6749 §6",
    requirement: "A new refresh token keeps the scope of the one before.",
    test: refreshing,
    title: "narrows the scope, and the refresh token keeps what was granted",
  },
  {
    section: "RFC 6749 §10.10",
    requirement: "Tokens cannot be guessed.",
    test: response,
    title: "is different every time, and long enough not to be guessed",
  },
  {
    section: "RFC 6750 §2.1",
    requirement: "An access token has the characters of the Bearer scheme.",
    test: response,
    title: "has only characters that an Authorization header carries",
  },
  {
    section: "RFC 7009 §2.1",
    requirement: "A revoked token ends at once, and the other of its pair with it.",
    test: revocation,
    title: "ends, and so does the other of its pair",
  },
  {
    section: "RFC 7009 §2.1",
    requirement: "A token is revoked only for the client it was issued to.",
    test: revocation,
    title: "of another client is refused, and lives on",
  },
  {
    section: "RFC 7009 §2.1",
    requirement: "A wrong token_type_hint does not hide a token.",
    test: revocation,
    title: "is found whatever the hint says",
  },
  {
    section: "RFC 7009 §2.2",
    requirement: "An unknown token is answered with 200.",
    test: revocation,
    title: "an unknown token, or one that was revoked already, is 200",
  },
  {
    section: "RFC 7517 §5",
    requirement: "The key set has a member keys with public keys.",
    test: keys,
    title: "has the public keys, with their names, for everybody and for ten minutes",
  },
  {
    section: "RFC 7517 §9.2",
    requirement: "Private parts of keys are not disclosed.",
    test: keys,
    title: "has no private member",
  },
  {
    section: "RFC 7662 §2.1",
    requirement: "The introspection endpoint wants authorization.",
    test: introspection,
    title: "who asks has to be somebody",
  },
  {
    section: "RFC 7662 §2.2",
    requirement: "An active token is described.",
    test: introspection,
    title: "is described, to whom and for how long it was given",
  },
  {
    section: "RFC 7662 §2.2",
    requirement: "About a token that is not active nothing more is said.",
    test: introspection,
    title: "a token that is not active gets one word and no reason",
  },
  {
    section: "RFC 7662 §4",
    requirement: "A client that registered itself learns of its own tokens only.",
    test: signedIntrospection,
    title: "is told nothing of the tokens of others, in JSON and in a JWT",
  },
  {
    section: "RFC 9701 §5",
    requirement: "The answer is a signed JWT where the request asks for one.",
    test: signedIntrospection,
    title: "comes where it is asked for, signed with RS256, for the client that asks",
  },
  {
    section: "RFC 9700 §2.4",
    requirement: "The resource owner password credentials grant is not used.",
    test: listed,
    title: "the password grant is for nobody who is not listed",
  },
  {
    section: "RFC 9700 §4.14.2",
    requirement: "A refresh token of a public client works once.",
    test: refreshing,
    title: "a refresh token works once",
  },
  {
    section: "RFC 9126 §2.1",
    requirement:
      "A pushed request is checked as one at the authorization endpoint, and has no request_uri in it.",
    test: pushed,
    title: "with %s is refused",
  },
  {
    section: "RFC 9126 §2.2",
    requirement: "The answer is 201 with a request_uri and its lifetime.",
    test: pushed,
    title: "is kept, and 201 gives a request_uri for it that nobody can guess",
  },
  {
    section: "RFC 9449 §8",
    requirement: "The nonce for the next proof comes back with every answer.",
    test: pushed,
    title: "is checked against the address that everybody knows, and the nonce comes back",
  },
  {
    section: "RFC 7591 §3.2.1",
    requirement: "The answer to a registration is 201 with the registered metadata.",
    test: registration,
    title: "and 201 gives it an identifier, a secret, and where its registration stands",
  },
  {
    section: "RFC 7591 §3",
    requirement: "An initial access token may be needed.",
    test: registration,
    title: "is whoever has the initial access token, where the setting says so",
  },
  {
    section: "RFC 7592 §2",
    requirement: "Only the holder of the registration access token reads, replaces and ends a registration.",
    test: configuration,
    title: "%s with the token of another client is 401",
  },
  {
    section: "RFC 8628 §3.2",
    requirement: "The answer has a device code, a user code, and where to enter it.",
    test: device,
    title: "has both codes, and the address of our page, with and without the code in it",
  },
  {
    section: "RFC 8628 §3.5",
    requirement: "A device that polls is told to wait, to be slower, and what became of it.",
    test: device,
    title: "waits for the person, is told to be slower, and gets tokens once",
  },
  {
    section: "RFC 8693 §2.2.1",
    requirement: "The answer names the type of the token that was issued.",
    test: exchange,
    title: "for one of the same person, with its type, and no refresh token",
  },
  {
    section: "RFC 8693 §5",
    requirement: "An exchange gives no more than the subject token had.",
    test: exchange,
    title: "for fewer scopes, and never for more",
  },
  {
    section: "RFC 7523 §3",
    requirement:
      "An assertion counts if its issuer is trusted, its signature is good and it was not used before.",
    test: assertions,
    title: "is used once, also by many at the same time",
  },
  {
    section: "RFC 9101 §5.2",
    requirement: "A request object may be at an address of its client.",
    test: references,
    title: "that is signed leads to tokens",
  },
  {
    section: "RFC 9101 §10.4.1",
    requirement: "Only addresses that the client has registered are asked.",
    test: references,
    title: "is asked for only where its client has registered the address",
  },
  {
    section: "RFC 9126 §4",
    requirement: "A pushed request is used once, when it is completed, and may be opened again until then.",
    test: authorizing,
    title: "it may be opened twice before it is completed, and completed once",
  },
  {
    section: "RFC 9126 §4",
    requirement: "Of a pushed request only what was pushed counts.",
    test: authorizing,
    title: "only what was pushed counts: a state or scope beside the reference is ignored",
  },
  {
    section: "RFC 9700 §2.1",
    requirement: "Redirection addresses are compared character by character.",
    test: addresses,
    title: "%j is refused on a page, and nobody is sent anywhere",
  },
  {
    section: "RFC 9700 §4.11",
    requirement: "The authorization endpoint is no open redirector.",
    test: addresses,
    title: "an error that the client may hear goes to its registered address only",
  },
  {
    section: "RFC 9700 §2.1.1",
    requirement: "Public clients use PKCE.",
    test: codes,
    title: "a public client does without PKCE nowhere",
  },
  {
    section: "RFC 9700 §4.8.2",
    requirement: "A request without a challenge leads to a code that no verifier redeems.",
    test: codes,
    title: "downgrade: a challenge that an attacker took away leaves a code that no verifier redeems",
  },
  {
    section: "RFC 9207 §2",
    requirement: "Every authorization response names its issuer.",
    test: codes,
    title: "every response names its issuer: success, denial, and an error before anybody was asked",
  },
  {
    section: "RFC 6749 §4.1.3",
    requirement: "A code is of one client.",
    test: codes,
    title: "another client cannot redeem it, and has not spent it by trying",
  },
  {
    section: "RFC 6749 §4.1.2",
    requirement: "A code that is used twice is refused, and the tokens of its first use are revoked.",
    test: codes,
    title: "a second use after %i s is invalid_grant, and ends the token of the first",
  },
  {
    section: "RFC 9700 §4.14.2",
    requirement: "A refresh token that is used twice ends its family.",
    test: codes,
    title: "one that is used twice ends its whole family",
  },
  {
    section: "RFC 8705 §2",
    requirement: "A client may authenticate with a certificate, which only a trusted proxy hands over.",
    test: certificates,
    title: "is the one whose subject it has, as the proxy in front says",
  },
  {
    section: "RFC 8705 §3.2",
    requirement: "Introspection tells the certificate that a token is bound to.",
    test: certificates,
    title: "is introspected with what it is bound to, and a request without the certificate gets none",
  },
  {
    section: "RFC 9449 §7.1",
    requirement: "A token that is bound to a key opens a resource only with a proof of that key.",
    test: proofs,
    title: "opens for whoever holds the key, whatever a proxy calls us",
  },
  {
    section: "RFC 9449 §7.2",
    requirement: "A bound token is not accepted as a bearer token.",
    test: proofs,
    title: "stays shut %s",
  },
  {
    section: "RFC 6238 §5.2",
    requirement: "A one-time password is taken once.",
    test: secondFactor,
    title: "the verifier does not take a one-time password a second time",
  },
  {
    section: "RFC 9700 §2.4",
    requirement: "A grant that cannot ask for a second factor is none for an account that has one.",
    test: secondFactor,
    title: "is refused for an account that has one",
  },
  {
    section: "OpenID Connect Core 1.0 §5.5.1.1",
    requirement: "An essential acr that was not reached is not granted, and none is made up.",
    test: secondFactor,
    title: "prompt=none must not fabricate it",
  },
];
