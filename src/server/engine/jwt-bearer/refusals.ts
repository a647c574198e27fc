import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const grant = (text: string) => ["BAD_REQUEST", "invalid_grant", text] as const;

/** What the JWT bearer grant refuses (RFC 7523 3.1). `A9` codes are this engine's own: the API's are not known. */
export const jwtBearerRefusals = {
  A901329: request("The parameter assertion is missing or has no value."),
  A901330: grant("The assertion is not a JWT."),
  A901331: grant("The assertion is encrypted, and the service takes no encrypted ones."),
  A901332: request("Only clients that name themselves may use an assertion as a grant."),
  A314305: grant("The assertion has no exp."),
  A901333: grant("The exp of the assertion is not a number."),
  A901334: grant("The iat of the assertion is wrong, or has not come yet."),
  A901335: grant("The nbf of the assertion is wrong, or has not come yet."),
  A314309: grant("The assertion has expired."),
  A314310: grant("The assertion is not signed, and the service takes no unsigned ones."),
  A901336: grant("The assertion has no iss that is a text."),
  A901337: grant("The assertion has no sub that is a text."),
  A901338: grant("The assertion has no aud that is a text or a list of texts."),
  A314314: grant("The audience of the assertion is neither this issuer nor its token endpoint."),
} as const satisfies Record<string, RefusalRow>;
