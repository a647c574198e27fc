import { randomBytes } from "node:crypto";
import type { Service } from "../../src/server/authlete/service.ts";
import type { EngineContext } from "../../src/server/engine/context.ts";
import { createKeys } from "../../src/server/engine/jose/keys.ts";
import type { EngineStore } from "../../src/server/engine/ports.ts";
import { offline } from "./offline.ts";

/** A store that must not be needed. */
const noStore: EngineStore = {
  get read(): never {
    throw new Error("nothing is read here");
  },
  write: async () => {
    throw new Error("nothing is written here");
  },
};

/** What one call of the engine works with, for rules that are tested by themselves. */
export function engineContext(
  service: Service = {},
  options: Partial<EngineContext> & { at?: number } = {},
): EngineContext {
  const now = options.at ?? Date.UTC(2030, 0, 1);
  return {
    store: noStore,
    clock: () => now,
    random: (bytes) => randomBytes(bytes),
    serviceId: "1001",
    ...offline,
    ticketDurationMs: 1,
    keys: createKeys(),
    service,
    now,
    ...options,
  };
}
