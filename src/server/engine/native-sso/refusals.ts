import type { RefusalRow } from "../refusal-row.ts";

const caller = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What `nativesso` and `nativesso/logout` refuse: all of it is the caller's own doing. The API's codes are not known. */
export const nativeSsoRefusals = {
  A901212: caller("The access token is missing."),
  A901213: caller("There is no such access token."),
  A901214: caller("The access token has expired."),
  A901215: caller("The service does not support Native SSO, or the tokens belong to no session."),
  A901216: caller("The device secret is missing."),
  A901217: caller("The refresh token does not belong to the access token."),
  A901218: caller("The client of the tokens does not exist any more, or is locked."),
  A901219: caller("The claims are not a JSON object."),
  A901220: caller("The header parameters are not a JSON object."),
  A901221: caller("The session is missing."),
} as const satisfies Record<string, RefusalRow>;
