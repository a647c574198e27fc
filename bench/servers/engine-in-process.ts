import { prepared } from "../case.ts";
import { openBenchEngine } from "../engine/open-engine.ts";
import { type EngineCall, type ScenarioName, scenarios } from "../engine/scenarios.ts";
import { measure, ownUsage } from "../measure.ts";

/**
 * The embedded engine in process: on the message `{ scenario, requests, inFlight }` it prepares that many requests, then
 * measures them, and sends back the sample.
 */
type Message = { scenario: ScenarioName; requests: number; inFlight: number } | "stop" | "usage";

const { engine, close } = await openBenchEngine(process.env);
const call: EngineCall = (name, request) => engine[name](request);
const readyBy = new Map<ScenarioName, ReturnType<(typeof scenarios)[ScenarioName]>>();

process.on("message", async (message: Message) => {
  if (message === "usage") return;
  if (message === "stop") {
    await close();
    process.exit(0);
  }
  const { scenario, requests, inFlight } = message;
  const ready = readyBy.get(scenario) ?? scenarios[scenario](call);
  readyBy.set(scenario, ready);
  const sends = await prepared(ready, requests);
  process.send?.({ sample: await measure(sends, { inFlight, usage: ownUsage }) });
});
process.channel?.ref();
process.send?.("ready");
