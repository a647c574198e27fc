import type { RefusalRow } from "../refusal-row.ts";

const caller = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What `idtoken/reissue` refuses: all of it is the caller's own doing. The API's codes are not known. */
export const reissueRefusals = {
  A901203: caller("The access token is missing."),
  A901204: caller("There is no such access token."),
  A901205: caller("The access token has expired."),
  A901206: caller("For this access token no ID token is issued again."),
  A901207: caller("The refresh token is missing."),
  A901208: caller("The refresh token does not belong to the access token."),
  A901209: caller("The client of the tokens does not exist any more, or is locked."),
  A901210: caller("The claims are not a JSON object."),
  A901211: caller("The header parameters are not a JSON object."),
} as const satisfies Record<string, RefusalRow>;
