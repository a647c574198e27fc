import type { Client } from "../../authlete/client.ts";

/**
 * The sector of a client (OIDC Core 8.1): the host of its sector identifier URI or, failing that, the one host of its redirection
 * URIs.
 *
 * @returns the member of a client for it; none where the sector cannot be told.
 */
export function derivedSector({
  sectorIdentifierUri,
  redirectUris = [],
}: Client): Pick<Client, "derivedSectorIdentifier"> {
  const hosts = sectorIdentifierUri ? [hostOf(sectorIdentifierUri)] : [...new Set(redirectUris.map(hostOf))];
  const [host] = hosts;
  return hosts.length === 1 && host ? { derivedSectorIdentifier: host } : {};
}

function hostOf(uri: string): string | undefined {
  return URL.canParse(uri) ? new URL(uri).hostname : undefined;
}
