import type { X509Certificate } from "node:crypto";
import type { Client } from "../../authlete/client.ts";
import type { Service } from "../../authlete/service.ts";
import { type AlternativeName, hasAlternativeName } from "../certificate/alternative-names.ts";
import { type CertificateFields, certificateFields, parseCertificate } from "../certificate/certificate.ts";
import { leadsToRoot } from "../certificate/chain.ts";
import { equalNames, parseDistinguishedName, subjectNames } from "../certificate/distinguished-name.ts";
import type { EngineContext } from "../context.ts";
import { givenTexts } from "../given.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import type { Authentication } from "./authenticate-client.ts";
import type { ClientCredentials } from "./credentials.ts";

/**
 * `tls_client_auth`: a certificate for the subject that the client registered (RFC 8705 2.1). Whether it comes from an authority that
 * the service trusts is checked here where the service says so; else that is the work of whoever ended the TLS connection.
 */
export function authenticateByCertificateChain(
  context: EngineContext,
  client: Client,
  { credentials }: Authentication,
): void {
  const certificate = presentedCertificate(credentials);
  const fields = certificateFields(certificate) ?? refuse("A157334");
  if (context.service.mutualTlsValidatePkiCertChain) checkChain(context, certificate, credentials);
  checkSubject(client, fields);
}

/** The certificate of the connection. */
export function presentedCertificate({ certificate }: ClientCredentials): X509Certificate {
  return parseCertificate(certificate.leaf ?? refuse("A157327")) ?? refuse("A157328");
}

/** Certificates of a chain at most, needed or not: each costs work. */
const MOST_CERTIFICATES = 10;

function checkChain(
  { service, now }: EngineContext,
  leaf: X509Certificate,
  { certificate: { path } }: ClientCredentials,
): void {
  const roots = trustedRoots(service);
  if (path.length > MOST_CERTIFICATES) refuse("A157338");
  const intermediates = path.map((pem) => parseCertificate(pem) ?? refuse("A157338"));
  if (!leadsToRoot({ leaf, intermediates, roots, now })) refuse("A157339");
}

function trustedRoots(service: Service): X509Certificate[] {
  const roots = givenTexts(service.trustedRootCertificates);
  if (roots.length === 0) refuse("A157335");
  return roots.map((pem) => parseCertificate(pem) ?? refuse("A157336"));
}

const alternatives = [
  ["tlsClientAuthSanDns", "dns", "A157346"],
  ["tlsClientAuthSanUri", "uri", "A157347"],
  ["tlsClientAuthSanIp", "ip", "A157348"],
  ["tlsClientAuthSanEmail", "email", "A157349"],
] as const satisfies readonly (readonly [keyof Client, AlternativeName, RefusalCode])[];

/** A client has one subject of one kind. With none, every certificate would be its own. */
function checkSubject(client: Client, fields: CertificateFields): void {
  const registered = alternatives.filter(([member]) => client[member]);
  const kinds = registered.length + (client.tlsClientAuthSubjectDn ? 1 : 0);
  if (kinds === 0) refuse("A157340");
  if (kinds > 1) refuse("A157345");
  if (client.tlsClientAuthSubjectDn) checkDistinguishedName(client.tlsClientAuthSubjectDn, fields);
  for (const [member, kind, code] of registered) {
    if (!hasAlternativeName(fields, kind, String(client[member]))) refuse(code);
  }
}

function checkDistinguishedName(registered: string, { subject }: CertificateFields): void {
  const presented = subjectNames(subject) ?? refuse("A157341");
  const expected = parseDistinguishedName(registered) ?? refuse("A157342");
  if (!equalNames(presented, expected)) refuse("A157343");
}
