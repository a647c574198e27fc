import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import { refuse } from "../refusal.ts";

/**
 * Whoever registers as a client of another's sector would know its users by the same subjects. So the document at the sector
 * identifier URI has to list every redirection URI of the client (OpenID Connect Dynamic Registration 5).
 */
export async function checkSectorDocument(
  context: Pick<EngineContext, "fetchSector">,
  { sectorIdentifierUri, redirectUris = [] }: Client,
): Promise<void> {
  if (!sectorIdentifierUri) return;
  const listed = await readSector(context, sectorIdentifierUri);
  // Without redirection URIs there is nothing by which the document could know the client.
  if (redirectUris.length === 0 || !redirectUris.every((uri) => listed.has(uri))) refuse("A900309");
}

async function readSector(
  { fetchSector }: Pick<EngineContext, "fetchSector">,
  uri: string,
): Promise<ReadonlySet<string>> {
  try {
    return new Set(JSON.parse(await fetchSector(uri, { fresh: true })) as string[]);
  } catch {
    return refuse("A900309");
  }
}
