import type { Verdict } from "./code-flow-server.ts";
import type { SpoiledRequest } from "./spoilings.ts";

/** Requests that this engine and oidc-provider answer differently, and why that is as it should be. */
export type KnownDifference = {
  /** The request that is answered. */
  request: SpoiledRequest;
  /** What is spoiled in it, by name: any one of these, and where two are joined by ` + ` both together. */
  spoiled: readonly string[];
  engine: Verdict;
  peer: Verdict;
  reason: string;
};

/** Each of these has to be needed, and there may be no other difference. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    request: "authorization",
    spoiled: ["no response_type", "empty response_type", "response_type twice"],
    engine: "page invalid_request",
    peer: "redirect invalid_request",
    reason:
      "The cloud redirects only where it knows the response type, which says how a redirect is written (authlete-api.md 2.1, measured).",
  },
  {
    request: "authorization",
    spoiled: ["response type that nobody knows", "response type of another case"],
    engine: "page unsupported_response_type",
    peer: "redirect unsupported_response_type",
    reason: "The same: what nobody knows says as little about the redirect as what is missing.",
  },
  {
    request: "authorization",
    spoiled: ["response type id_token", "response type code id_token"],
    engine: "redirect unsupported_response_type",
    peer: "redirect invalid_request",
    reason: "RFC 6749 4.1.2.1 has an error for it. oidc-provider looks at the response mode first.",
  },
  {
    request: "authorization",
    spoiled: [
      "another client",
      "redirect_uri elsewhere",
      "redirect_uri with a slash more",
      "redirect_uri with a query",
      "redirect_uri with a fragment",
      "redirect_uri of another case",
      "redirect_uri with another scheme",
      "redirect_uri with user info",
      "redirect_uri that is none",
    ],
    engine: "page invalid_request",
    peer: "page invalid_redirect_uri",
    reason:
      "On a page no client reads the error, and RFC 6749 4.1.2.1 has none for it. The channel is what counts.",
  },
  {
    request: "authorization",
    spoiled: ["no scope", "empty scope", "scope that nobody knows", "scope without openid"],
    engine: "accepted",
    peer: "redirect invalid_request",
    reason:
      "oidc-provider refuses a nonce where openid is not asked for; RFC 6749 3.1 leaves unknown parameters aside.",
  },
  {
    request: "authorization",
    spoiled: [
      "no nonce + no scope",
      "no nonce + empty scope",
      "no nonce + scope that nobody knows",
      "empty nonce + no scope",
      "empty nonce + empty scope",
      "empty nonce + scope that nobody knows",
    ],
    engine: "accepted",
    peer: "redirect access_denied",
    reason:
      "oidc-provider grants no token without a scope. RFC 6749 3.3 leaves it to the server; `scopeRequired` decides here.",
  },
  {
    request: "authorization",
    spoiled: ["scope with two spaces", "scope with a quotation mark"],
    engine: "accepted",
    peer: "redirect invalid_scope",
    reason:
      "What is no registered scope is left aside (authlete-api.md 2.1), as RFC 6749 3.3 allows, whatever it is written with.",
  },
  {
    request: "authorization",
    spoiled: [
      "no redirect_uri + no scope",
      "no redirect_uri + empty scope",
      "no redirect_uri + scope that nobody knows",
      "no redirect_uri + scope without openid",
    ],
    engine: "accepted",
    peer: "page invalid_request",
    reason:
      "RFC 6749 3.1.2.3: a client with one redirect URI need not name it. OpenID Connect alone demands it always.",
  },
  {
    request: "authorization",
    spoiled: ["no code_challenge"],
    engine: "accepted",
    peer: "redirect invalid_request",
    reason:
      "RFC 7636 4.3 says nothing of a method without a challenge. Nobody is misled: a verifier is refused afterwards (RFC 9700 2.1.1).",
  },
  {
    request: "authorization",
    spoiled: [
      "empty code_challenge + no code_challenge_method",
      "empty code_challenge + empty code_challenge_method",
    ],
    engine: "redirect invalid_request",
    peer: "accepted",
    reason: "The API has a code for a challenge without a value (A124302): it is no wish to go without.",
  },
  {
    request: "authorization",
    spoiled: ["response_mode that nobody knows"],
    engine: "redirect invalid_request",
    peer: "redirect unsupported_response_mode",
    reason: "The error of oidc-provider is not registered with IANA.",
  },
  {
    request: "authorization",
    spoiled: ["acr_values"],
    engine: "redirect invalid_request",
    peer: "accepted",
    reason: "A service that supports no ACR refuses requests for one (A021303, measured).",
  },
  {
    request: "redemption",
    spoiled: ["no redirect_uri", "empty redirect_uri"],
    engine: "body invalid_grant",
    peer: "body invalid_request",
    reason:
      "The API has a code for it (A050308): the grant was made for a redirect URI, and the request is for another or none.",
  },
  {
    request: "redemption",
    spoiled: [
      "code_verifier that is too short",
      "code_verifier that is too long",
      "code_verifier with a space",
    ],
    engine: "body invalid_grant",
    peer: "body invalid_request",
    reason:
      "RFC 7636 4.6: a verifier that does not fit the challenge is invalid_grant, and what is no verifier fits none.",
  },
  {
    request: "redemption",
    spoiled: ["secret in the body"],
    engine: "body invalid_client",
    peer: "accepted",
    reason:
      "The registered method counts: CLIENT_SECRET_BASIC is not CLIENT_SECRET_POST (A157357, measured). For oidc-provider they are one.",
  },
  {
    request: "redemption",
    spoiled: ["secret in both places"],
    engine: "accepted",
    peer: "body invalid_request",
    reason:
      "The cloud goes by the header alone (authlete-api.md 1.1, measured). The secret in the body proves nothing.",
  },
  {
    request: "redemption",
    spoiled: ["secret in both places"],
    engine: "body invalid_client",
    peer: "body invalid_request",
    reason: "A public client that presents a secret is not authenticated (A157303), wherever that stands.",
  },
  {
    request: "refresh",
    spoiled: ["secret in the body"],
    engine: "body invalid_client",
    peer: "accepted",
    reason: "As in a redemption.",
  },
  {
    request: "refresh",
    spoiled: ["secret in both places"],
    engine: "accepted",
    peer: "body invalid_request",
    reason: "As in a redemption.",
  },
  {
    request: "refresh",
    spoiled: ["secret in both places"],
    engine: "body invalid_client",
    peer: "body invalid_request",
    reason: "As in a redemption.",
  },
];
