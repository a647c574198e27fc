import { altered, type Change, set } from "./message.ts";
import { shop, VERIFIER } from "./parties.ts";

/** What can be wrong, or unusual, in an authorization request beside a parameter's absence. */
export const authorizationSpoilings: Readonly<Record<string, Change>> = {
  "response type token": set("response_type", "token"),
  "response type id_token": set("response_type", "id_token"),
  "response type code id_token": set("response_type", "code id_token"),
  "response type that nobody knows": set("response_type", "unknown"),
  "response type of another case": set("response_type", "Code"),

  "unknown client": set("client_id", "9999"),
  "client that is no number": set("client_id", "nobody"),
  "another client": set("client_id", shop.id),

  "redirect_uri elsewhere": set("redirect_uri", "https://attacker.example/callback"),
  "redirect_uri with a slash more": altered("redirect_uri", (value) => `${value}/`),
  "redirect_uri with a query": altered("redirect_uri", (value) => `${value}?a=1`),
  "redirect_uri with a fragment": altered("redirect_uri", (value) => `${value}#a`),
  "redirect_uri of another case": altered("redirect_uri", (value) => value.replace("callback", "Callback")),
  "redirect_uri with another scheme": altered("redirect_uri", (value) => value.replace("https:", "http:")),
  "redirect_uri with user info": altered("redirect_uri", (value) => value.replace("//", "//user@")),
  "redirect_uri that is none": set("redirect_uri", "callback"),

  "scope that nobody knows": set("scope", "unknown"),
  "a scope more that nobody knows": set("scope", "openid unknown"),
  "scope without openid": set("scope", "profile"),
  "scope with two spaces": set("scope", "openid  profile"),
  "scope with a quotation mark": set("scope", 'openid "profile"'),

  "code_challenge_method plain": (message, party) =>
    set("code_challenge", VERIFIER)(set("code_challenge_method", "plain")(message, party), party),
  "code_challenge_method that nobody knows": set("code_challenge_method", "S512"),
  "code_challenge_method of another case": set("code_challenge_method", "s256"),
  "code_challenge that is too short": set("code_challenge", "a".repeat(42)),
  "code_challenge that is too long": set("code_challenge", "a".repeat(129)),
  "code_challenge with a space": altered("code_challenge", (value) => `${value.slice(0, -1)} `),

  "prompt none": set("prompt", "none"),
  "prompt none and another": set("prompt", "none login"),
  "prompt login": set("prompt", "login"),
  "prompt that nobody knows": set("prompt", "unknown"),
  "max_age 3600": set("max_age", "3600"),
  "max_age below zero": set("max_age", "-1"),
  "max_age that is no number": set("max_age", "soon"),
  "response_mode fragment": set("response_mode", "fragment"),
  "response_mode that nobody knows": set("response_mode", "unknown"),
  "id_token_hint that is none": set("id_token_hint", "hint"),
  acr_values: set("acr_values", "urn:example:acr"),
  registration: set("registration", "{}"),
  "a parameter that nobody knows": set("unknown", "value"),
};
