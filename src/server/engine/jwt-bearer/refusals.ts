import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const grant = (text: string) => ["BAD_REQUEST", "invalid_grant", text] as const;

/** What the JWT bearer grant refuses (RFC 7523 3.1). */
export const jwtBearerRefusals = {
  A314301: request("The parameter assertion is missing or has no value."),
  A314302: grant("The assertion is not a JWT."),
  A314303: grant("The assertion is encrypted, and the service takes no encrypted ones."),
  A314304: request("Only clients that name themselves may use an assertion as a grant."),
  A314305: grant("The assertion has no exp."),
  A314306: grant("The exp of the assertion is not a number."),
  A314307: grant("The iat of the assertion is wrong, or has not come yet."),
  A314308: grant("The nbf of the assertion is wrong, or has not come yet."),
  A314309: grant("The assertion has expired."),
  A314310: grant("The assertion is not signed, and the service takes no unsigned ones."),
  A314311: grant("The assertion has no iss that is a text."),
  A314312: grant("The assertion has no sub that is a text."),
  A314313: grant("The assertion has no aud that is a text or a list of texts."),
  A314314: grant("The audience of the assertion is neither this issuer nor its token endpoint."),
} as const satisfies Record<string, RefusalRow>;
