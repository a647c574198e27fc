import type { ProvedRequest } from "../oauth/oauth-request.ts";
import { readClientCertificates } from "./client-certificate.ts";

/** What of this server's surroundings a request is read with. */
export type RequestSettings = {
  /** Scheme, host and port as everybody knows them: a proxy in front may call us by another name. */
  origin: string;
  /** The header in which that proxy puts the client's certificate. */
  certificateHeader: string | undefined;
};

/**
 * Reads with what a request shows that its sender holds a key.
 *
 * @throws OAuthError invalid_request for a certificate that the proxy did not write as it should.
 */
export function readProvedRequest(request: Request, settings: RequestSettings): ProvedRequest {
  const { headers, method, url } = request;
  return {
    method,
    target: `${settings.origin}${pathOf(url)}`,
    dpop: headers.get("dpop") ?? undefined,
    certificates: readClientCertificates(headers, settings.certificateHeader),
  };
}

/** The path of an absolute URL. Every request passes here: parsing it whole would cost more than the rest. */
function pathOf(url: string): string {
  const path = url.slice(url.indexOf("/", url.indexOf("://") + 3));
  const query = path.indexOf("?");
  return query === -1 ? path : path.slice(0, query);
}
