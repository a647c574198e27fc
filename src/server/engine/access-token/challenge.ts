import type { Service } from "../../authlete/service.ts";
import { asymmetricAlgorithms } from "../jose/jws-algorithm.ts";
import { errorUri } from "../refusal.ts";

/** What is refused, and of which kind the token is. */
export type Challenged = {
  code: string;
  error: string;
  text: string;
  demandedScopes: readonly string[];
  /** How, and how many seconds ago at most, the user has to be authenticated. */
  demandedAuthentication?: { acrValues: readonly string[]; maxAge: number | undefined };
  /** The token is bound to a key, or came with a proof: what is wanted is another proof (RFC 9449 7.1). */
  wantsProof: boolean;
};

/** The `WWW-Authenticate` value for a refused access token (RFC 6750 3, RFC 9449 7.1, RFC 9470 3). */
export function challenge(
  service: Service,
  { code, error, text, demandedScopes, demandedAuthentication, wantsProof }: Challenged,
): string {
  const scope = demandedScopes.filter(isQuotable).join(" ");
  return `${wantsProof ? "DPoP" : "Bearer"} ${[
    `error="${error}"`,
    ...(service.errorDescriptionOmitted ? [] : [`error_description="[${code}] ${text}"`]),
    ...(service.errorUriOmitted ? [] : [`error_uri="${errorUri(code)}"`]),
    ...(error === "insufficient_scope" && scope ? [`scope="${scope}"`] : []),
    ...(error === "insufficient_user_authentication" ? stepUp(demandedAuthentication) : []),
    ...(wantsProof ? [`algs="${asymmetricAlgorithms.join(" ")}"`] : []),
  ].join(",")}`;
}

/** What would be enough (RFC 9470 3). */
function stepUp(demanded: Challenged["demandedAuthentication"]): string[] {
  const acrValues = demanded?.acrValues.filter(isQuotable).join(" ");
  return [
    ...(acrValues ? [`acr_values="${acrValues}"`] : []),
    ...(demanded?.maxAge === undefined ? [] : [`max_age=${demanded.maxAge}`]),
  ];
}

/** RFC 6749 3.3. Anything else could end the quoted text, or the header. */
function isQuotable(value: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(value);
}
