import { OAuthError } from "../oauth/error.ts";

/** RFC 9440 section 2.1: a byte sequence of RFC 8941 holds the DER form. */
const BYTES = /^:(?<der>[A-Za-z0-9+/]+={0,2}):$/;
const PEM = /^-----BEGIN CERTIFICATE-----\s(?<der>[A-Za-z0-9+/=\s]+)\s-----END CERTIFICATE-----\s*$/;

const CHAIN_HEADER = "client-cert-chain";
const LINE = 64;

/**
 * The certificate that the client showed to the proxy in front, and the rest of its chain as far as the proxy tells it.
 *
 * @param header the header in which the proxy puts the certificate: a byte sequence (RFC 9440), or PEM that is percent-encoded, as
 *   nginx writes it. `undefined` where no proxy does; then whatever a client sends counts for nothing.
 * @returns PEM texts; empty when the client showed none.
 * @throws OAuthError invalid_request for anything else in the header.
 */
export function readClientCertificates(
  headers: Pick<Headers, "get">,
  header: string | undefined,
): readonly string[] {
  const own = header === undefined ? undefined : headers.get(header)?.trim();
  if (!own) return [];
  const chain = BYTES.test(own) ? (headers.get(CHAIN_HEADER) ?? "") : "";
  const others = chain.split(",").flatMap((text) => text.trim() || []);
  return [own, ...others].map(readCertificate);
}

function readCertificate(text: string): string {
  const der = BYTES.exec(text)?.groups?.der ?? PEM.exec(decoded(text))?.groups?.der?.replaceAll(/\s/g, "");
  if (der === undefined) throw new OAuthError("invalid_request", "The client certificate cannot be read.");
  const lines = der.match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
