import { authorizationSpoilings } from "./authorization-spoilings.ts";
import { credentialSpoilings } from "./credential-spoilings.ts";
import type { Change } from "./message.ts";
import { altered, set, twice, without } from "./message.ts";

/** The requests of a trip that can be spoiled. */
export type SpoiledRequest = "authorization" | "redemption" | "refresh";

/** One thing that is not as it should be in one request, or as it need not be. */
export type Spoiling = { request: SpoiledRequest; name: string; change: Change };

/** Every parameter left out, empty, and sent twice. */
function presence(request: SpoiledRequest, names: readonly string[]): Spoiling[] {
  return names.flatMap((name) => [
    { request, name: `no ${name}`, change: without(name) },
    { request, name: `empty ${name}`, change: set(name, "") },
    { request, name: `${name} twice`, change: twice(name) },
  ]);
}

function named(request: SpoiledRequest, changes: Readonly<Record<string, Change>>): Spoiling[] {
  return Object.entries(changes).map(([name, change]) => ({ request, name, change }));
}

const ofGrantType = {
  "grant type that nobody knows": set("grant_type", "unknown"),
  "grant type of another case": altered("grant_type", (value) => value.toUpperCase()),
  "grant type that the service does not have": set("grant_type", "client_credentials"),
  "a parameter that nobody knows": set("unknown", "value"),
};

const ofRedemption = {
  "unknown code": set("code", "an-unknown-code"),
  "code without its end": altered("code", (value) => value.slice(0, -1)),
  "another redirect_uri": set("redirect_uri", "https://web.example/other"),
  "redirect_uri with a slash more": altered("redirect_uri", (value) => `${value}/`),
  "another code_verifier": altered("code_verifier", (value) => value.split("").reverse().join("")),
  "code_verifier that is too short": altered("code_verifier", (value) => value.slice(0, 42)),
  "code_verifier that is too long": set("code_verifier", "a".repeat(129)),
  "code_verifier with a space": altered("code_verifier", (value) => `${value.slice(0, -1)} `),
};

const ofRefresh = {
  "unknown refresh_token": set("refresh_token", "an-unknown-token"),
  "fewer scopes": set("scope", "profile"),
  "the same scopes": set("scope", "profile openid"),
  "more scopes": set("scope", "openid email"),
  "a scope that nobody knows": set("scope", "openid unknown"),
  "scope with a quotation mark": set("scope", 'openid "profile"'),
  "empty scope": set("scope", ""),
};

/** All that the comparison spoils. The names stand in the list of known differences. */
export const spoilings: readonly Spoiling[] = [
  ...presence("authorization", [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
  ]),
  ...named("authorization", authorizationSpoilings),
  ...presence("redemption", ["grant_type", "code", "redirect_uri", "code_verifier"]),
  ...named("redemption", { ...ofGrantType, ...ofRedemption, ...credentialSpoilings }),
  ...presence("refresh", ["grant_type", "refresh_token"]),
  ...named("refresh", { ...ofGrantType, ...ofRefresh, ...credentialSpoilings }),
];
