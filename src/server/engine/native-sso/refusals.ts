import type { RefusalRow } from "../refusal-row.ts";

const caller = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What `nativesso` (A501) and `nativesso/logout` (A503) refuse: all of it is the caller's own doing. */
export const nativeSsoRefusals = {
  A501201: caller("The access token is missing."),
  A501202: caller("There is no such access token."),
  A501203: caller("The access token has expired."),
  A501204: caller("The service does not support Native SSO, or the tokens belong to no session."),
  A501205: caller("The device secret is missing."),
  A501206: caller("The refresh token does not belong to the access token."),
  A501207: caller("The client of the tokens does not exist any more, or is locked."),
  A501208: caller("The claims are not a JSON object."),
  A501209: caller("The header parameters are not a JSON object."),
  A503201: caller("The session is missing."),
} as const satisfies Record<string, RefusalRow>;
