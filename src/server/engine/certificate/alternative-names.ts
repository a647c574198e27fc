import type { CertificateFields } from "./certificate.ts";
import { readDer } from "./der.ts";

/** The kinds of subject alternative names that a client can register (RFC 8705 2.1.2). */
export type AlternativeName = "dns" | "uri" | "ip" | "email";

const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

/** Tags of the kinds (RFC 5280 4.2.1.6). */
const tags: Record<AlternativeName, number> = { email: 0x81, dns: 0x82, uri: 0x86, ip: 0x87 };

/** Whether a certificate is for this alternative name. Hosts and addresses may be written in several ways; no name has wildcards. */
export function hasAlternativeName(fields: CertificateFields, kind: AlternativeName, name: string): boolean {
  const expected = canonical(kind, name);
  return expected !== undefined && alternativeNames(fields, kind).includes(expected);
}

function alternativeNames({ extensions }: CertificateFields, kind: AlternativeName): (string | undefined)[] {
  try {
    const [names] = readDer(extensions.get(SUBJECT_ALTERNATIVE_NAME)?.value ?? Buffer.alloc(0));
    if (!names) return [];
    const ofKind = readDer(names.content).filter(({ tag }) => tag === tags[kind]);
    return ofKind.map(({ content }) => (kind === "ip" ? ipText(content) : canonical(kind, ascii(content))));
  } catch {
    return [];
  }
}

function ascii(content: Buffer): string {
  return content.toString("latin1");
}

function canonical(kind: AlternativeName, name: string): string | undefined {
  if (kind === "dns") return name.toLowerCase();
  return kind === "ip" ? canonicalIp(name) : name;
}

function ipText(bytes: Buffer): string | undefined {
  if (bytes.length === 4) return [...bytes].join(".");
  if (bytes.length !== 16) return undefined;
  return canonicalIp(bytes.toString("hex").replace(/(.{4})(?=.)/g, "$1:"));
}

/** An address in the one form that URLs have for it. */
function canonicalIp(address: string): string | undefined {
  if (/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){3}$/.test(address)) return canonicalHost(address);
  return address.includes(":") ? canonicalHost(`[${address}]`) : undefined;
}

function canonicalHost(host: string): string | undefined {
  const url = `http://${host}/`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
