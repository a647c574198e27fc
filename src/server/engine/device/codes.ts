import { hashOf } from "../../secret/hash.ts";
import type { Artifact } from "../artifacts.ts";
import type { EngineContext } from "../context.ts";
import { randomValue } from "../random-value.ts";
import { refuse } from "../refusal.ts";
import type { DeviceGrant } from "./device-grant.ts";
import { newUserCode, userCodeHash } from "./user-code.ts";

/** How many user codes are tried before the service is told that its codes are too short. */
const MOST_ATTEMPTS = 16;

/** The two codes of a device authorization (RFC 8628 3.2). */
export type DeviceCodes = { deviceCode: string; userCode: string };

/** Stores a request under two new codes. No two requests that are kept have the same user code. */
export async function storeUnderNewCodes(
  context: EngineContext,
  { grant, expiresAt }: { grant: DeviceGrant; expiresAt: number },
): Promise<DeviceCodes> {
  const deviceCode = randomValue(context.random);
  const artifact: Omit<Artifact<"device_code">, "aliasHash"> = {
    kind: "device_code",
    keyHash: hashOf(deviceCode),
    serviceId: context.serviceId,
    clientId: grant.clientId,
    document: grant,
    revision: 0,
    spentAt: undefined,
    createdAt: context.now,
    expiresAt,
  };
  return context.store.write(async (transaction) => {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const userCode = newUserCode(context);
      const aliasHash = userCodeHash(context, userCode);
      if (await transaction.insertArtifact({ ...artifact, aliasHash })) return { deviceCode, userCode };
    }
    return refuse("A221101");
  });
}
