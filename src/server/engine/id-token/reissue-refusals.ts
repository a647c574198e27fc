import type { RefusalRow } from "../refusal-row.ts";

const caller = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What `idtoken/reissue` refuses: all of it is the caller's own doing. */
export const reissueRefusals = {
  A346201: caller("The access token is missing."),
  A346202: caller("There is no such access token."),
  A346203: caller("The access token has expired."),
  A346204: caller("For this access token no ID token is issued again."),
  A346205: caller("The refresh token is missing."),
  A346206: caller("The refresh token does not belong to the access token."),
  A346207: caller("The client of the tokens does not exist any more, or is locked."),
  A346208: caller("The claims are not a JSON object."),
  A346209: caller("The header parameters are not a JSON object."),
} as const satisfies Record<string, RefusalRow>;
