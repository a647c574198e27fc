import type { ResponseMode, ResponseType } from "../../../authlete/enumerations.ts";
import { contentsOf } from "./response-type.ts";

/** A response mode that says how the response travels: `jwt` only says that it is signed. */
export type EffectiveMode = Exclude<ResponseMode, "JWT">;

/** How a response travels when the request does not say it (OAuth 2.0 Multiple Response Type Encoding Practices 3 to 5). */
export function defaultMode(responseType: ResponseType): EffectiveMode {
  return contentsOf(responseType).frontChannelTokens ? "FRAGMENT" : "QUERY";
}

/** The signed form of a mode (JARM 2.3). */
export function jwtModeOf(mode: EffectiveMode): EffectiveMode {
  return signed[mode];
}

const signed = {
  QUERY: "QUERY_JWT",
  FRAGMENT: "FRAGMENT_JWT",
  FORM_POST: "FORM_POST_JWT",
  QUERY_JWT: "QUERY_JWT",
  FRAGMENT_JWT: "FRAGMENT_JWT",
  FORM_POST_JWT: "FORM_POST_JWT",
} as const;

/** Whether the parameters of the response are in a JWT. */
export function isJwtMode(mode: EffectiveMode): boolean {
  return signed[mode] === mode;
}

/** The place of the parameters in the redirect. */
export function carrierOf(mode: EffectiveMode): "query" | "fragment" | "form" {
  return carriers[mode];
}

const carriers = {
  QUERY: "query",
  QUERY_JWT: "query",
  FRAGMENT: "fragment",
  FRAGMENT_JWT: "fragment",
  FORM_POST: "form",
  FORM_POST_JWT: "form",
} as const;
