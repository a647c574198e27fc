import type { Client } from "../../src/server/authlete/client.ts";
import type { Service } from "../../src/server/authlete/service.ts";
import { backend } from "../support/gate.ts";
import type { AttackedGate } from "../support/naive/gate.ts";

const SERVICE_ID = "1";

/** From now on this is what the client of the back end may set, and nothing else. */
export async function setPolicy(
  gate: AttackedGate,
  attributes: NonNullable<Client["attributes"]>,
): Promise<void> {
  await setClient(gate, backend.id, { attributes });
}

/** Changes the registration of a client. */
export async function setClient(
  { services }: Pick<AttackedGate, "services">,
  id: string,
  change: Partial<Client>,
): Promise<void> {
  const client = await services.store.findClient(SERVICE_ID, id);
  await services.store.upsertClient(SERVICE_ID, { ...client, ...change });
}

/** Changes settings of the service. */
export async function setService(
  { services }: Pick<AttackedGate, "services">,
  change: Partial<Service>,
): Promise<void> {
  const service = await services.store.findService(SERVICE_ID);
  await services.store.upsertService(SERVICE_ID, { ...service, ...change });
}

/** From now on access tokens are JWTs. */
export const issueJwts = (gate: Pick<AttackedGate, "services">) =>
  setService(gate, { accessTokenSignAlg: "ES256" });

/** The claims of a JWT. */
export function claimsOf(token = ""): Record<string, unknown> {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  return JSON.parse(payload || "{}") as Record<string, unknown>;
}
