import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Case } from "./case.ts";
import type { ScenarioName } from "./engine/scenarios.ts";
import type { Sample } from "./measure.ts";
import { startChild } from "./server.ts";

/** The engine in a process that measures itself: no network is in its latencies. */
export type EngineProcess = {
  caseOf: (key: string, title: string, scenario: ScenarioName) => Case;
  stop: () => Promise<void>;
};

/** What the process sends back. A process that ends instead must not be waited for. */
async function answer(child: ChildProcess): Promise<Sample> {
  const ended = new AbortController();
  const abort = () => ended.abort(new Error("the engine's process ended"));
  child.once("exit", abort);
  try {
    const [message] = (await once(child, "message", { signal: ended.signal })) as [{ sample: Sample }];
    return message.sample;
  } finally {
    child.off("exit", abort);
  }
}

/** Starts the engine and waits until its store is open. */
export async function startEngineProcess(env: Record<string, string>): Promise<EngineProcess> {
  const child = startChild("bench/servers/engine-in-process.ts", { env });
  await once(child, "message");
  return {
    caseOf: (key, title, scenario) => ({
      key,
      title,
      async sample(requests, inFlight) {
        child.send({ scenario, requests, inFlight });
        return answer(child);
      },
    }),
    async stop() {
      child.send("stop");
      await once(child, "exit");
    },
  };
}
