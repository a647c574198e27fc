import { type Client, clientSchema } from "../../authlete/client.ts";
import { refuseCall } from "../call-refusal.ts";
import { readSettings } from "../read-settings.ts";
import { failedCheck } from "./client-checks.ts";
import { derivedSector } from "./sector.ts";

/** What the engine itself sets: callers may send it, because they read, change and write the whole, and it has no effect. */
export const readOnlyMembers = [
  "number",
  "serviceNumber",
  "clientId",
  "clientSecret",
  "createdAt",
  "modifiedAt",
  "clientSource",
  "dynamicallyRegistered",
  "registrationAccessTokenHash",
  "locked",
  "automaticallyRegistered",
  "explicitlyRegistered",
  "trustChain",
  "trustChainExpiresAt",
  "trustChainUpdatedAt",
  "metadataDocumentLocation",
  "metadataDocumentExpiresAt",
  "metadataDocumentUpdatedAt",
  "discoveredByMetadataDocument",
] as const satisfies readonly (keyof Client)[];

/** What follows from the settings, whatever the caller says. */
const derivedMembers = ["derivedSectorIdentifier"] as const satisfies readonly (keyof Client)[];

const readOnly = [...readOnlyMembers, ...derivedMembers];

/**
 * What a request sets of a client, with what follows from it.
 *
 * @throws CallRefusal (400) with the name of the first member that is not what it can be.
 */
export function readClientSettings(request: object): Client {
  const settings = readSettings(clientSchema, { request, readOnly });
  const wrong = failedCheck(settings);
  return wrong === undefined ? { ...settings, ...derivedSector(settings) } : refuseCall("A126202", wrong);
}
