import { readClientCredentials } from "../oauth/client-authentication.ts";
import { OAuthError } from "../oauth/error.ts";
import { FORM_BODY_BYTES, parseFormBody, requireFormType, tooLarge } from "../oauth/form-body.ts";
import { type OAuthRequest, refuseCredentialsInUrl } from "../oauth/oauth-request.ts";

/**
 * Reads a form request of a client application: credentials where RFC 6749 section 2.3.1 puts them, the body once and
 * never more than the limit.
 *
 * @throws OAuthError for a request that cannot be read.
 */
export async function readFormRequest(request: Request): Promise<OAuthRequest> {
  const { headers } = request;
  refuseCredentialsInUrl(request.url);
  requireFormType(headers.get("content-type"));
  const form = parseFormBody(await readText(request));
  return {
    form,
    credentials: readClientCredentials(headers.get("authorization"), form),
    dpop: headers.get("dpop") ?? undefined,
    attestation: headers.get("oauth-client-attestation") ?? undefined,
    attestationPop: headers.get("oauth-client-attestation-pop") ?? undefined,
  };
}

/** A declared length is enforced by the HTTP parser, so such a body is read in one go; any other is counted. */
async function readText(request: Request): Promise<string> {
  const declared = request.headers.get("content-length");
  if (declared !== null && Number(declared) > FORM_BODY_BYTES) throw tooLarge();
  try {
    return declared === null ? await readCounted(request.body) : await request.text();
  } catch (error) {
    if (error instanceof OAuthError) throw error;
    throw new OAuthError("invalid_request", "The body could not be read.");
  }
}

async function readCounted(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > FORM_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
