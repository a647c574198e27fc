import { readClientCredentials } from "../oauth/client-authentication.ts";
import { OAuthError } from "../oauth/error.ts";
import { FORM_BODY_BYTES, parseFormBody, requireFormType, tooLarge } from "../oauth/form-body.ts";
import { type OAuthRequest, refuseCredentialsInUrl } from "../oauth/oauth-request.ts";
import { BodyTooLargeError, readBody } from "./body.ts";
import { type RequestSettings, readProvedRequest } from "./proved-request.ts";

/**
 * Reads a form request of a client application: credentials where RFC 6749 section 2.3.1 puts them, the body once and
 * never more than the limit.
 *
 * @throws OAuthError for a request that cannot be read.
 */
export async function readFormRequest(request: Request, settings: RequestSettings): Promise<OAuthRequest> {
  const { headers } = request;
  refuseCredentialsInUrl(request.url);
  requireFormType(headers.get("content-type"));
  const form = parseFormBody(await readFormText(request));
  return {
    ...readProvedRequest(request, settings),
    form,
    credentials: readClientCredentials(headers.get("authorization"), form),
    accept: headers.get("accept") ?? undefined,
    attestation: headers.get("oauth-client-attestation") ?? undefined,
    attestationPop: headers.get("oauth-client-attestation-pop") ?? undefined,
  };
}

/** The text of a form body, up to the limit. */
export async function readFormText(request: Request): Promise<string> {
  try {
    return await readBody(request, FORM_BODY_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw tooLarge();
    throw new OAuthError("invalid_request", "The body could not be read.");
  }
}
