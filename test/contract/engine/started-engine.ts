import type { Config } from "../../../src/server/config.ts";
import { openEmbeddedEngine } from "../../../src/server/embedded-engine.ts";
import type { Engine } from "../../../src/server/engine/engine.ts";
import { createLog } from "../../../src/server/log.ts";
import type { Store } from "../../../src/server/store/open.ts";
import { testClock } from "../../support/engine.ts";
import { backend, gateConfig, ORIGIN, secretOf } from "../../support/gate.ts";
import { type PlaceFactory, random, storeFactory } from "../store/store-factory.ts";

/** Service id that the configuration names. */
export const SERVICE_ID = "1";

/** Ticketgate's own client, and the back end, as the configuration names them. */
export const configured = {
  own: { id: "1001", secret: secretOf("client") },
  backend,
} as const;

/** One start of the embedded engine. */
export type Started = { engine: Engine; store: Store };

/** A database on which the embedded engine is started any number of times, as restarts or instances. */
export async function openStartPlace(places: PlaceFactory) {
  const place = await storeFactory(places).create();
  const clock = testClock();
  const lines: string[] = [];
  const log = createLog({ level: "debug", clock, write: (line) => lines.push(line) });
  const stops: (() => void)[] = [];
  const start = async (changes: Record<string, string> = {}): Promise<Started> => {
    const store = (await place.another?.()) ?? place.store;
    const opened = await openEmbeddedEngine(embeddedConfig(changes), { store, clock, random, log });
    stops.push(opened.stop);
    return { engine: opened.engine, store };
  };
  return {
    clock,
    /** What was logged so far. */
    lines,
    /** The database itself. */
    store: place.store,
    /** Starts the engine with a complete configuration in which these variables are changed. */
    start,
    async remove() {
      for (const stop of stops) stop();
      await place.remove();
    },
  };
}

export type StartPlace = Awaited<ReturnType<typeof openStartPlace>>;

function embeddedConfig(changes: Record<string, string>) {
  const config = gateConfig({ TICKETGATE_ORIGIN: ORIGIN, ...changes });
  const { engine } = config;
  if (engine.kind !== "embedded") throw new Error("not embedded");
  return { ...config, engine } satisfies Config;
}
