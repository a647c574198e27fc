import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readConfig } from "../../src/server/config.ts";
import { openServices } from "../../src/server/services.ts";

/**
 * The embedded engine in process: on the message `{ issue, inFlight }` it makes that many tickets, then issues a token for
 * each with `inFlight` calls at once, and sends back the latencies and the CPU time of the issuing alone.
 */
const BENCH_STATE = process.env.BENCH_STATE as string;
const BENCH_SECRET = process.env.BENCH_SECRET as string;
const config = readConfig({
  NODE_ENV: "production",
  TICKETGATE_ORIGIN: "https://bench.example",
  TICKETGATE_STATE_DIR: join(BENCH_STATE, "engine"),
  TICKETGATE_SEALING_KEYS: BENCH_SECRET,
  TICKETGATE_CLIENT_SECRET: BENCH_SECRET,
  TICKETGATE_ENGINE_TOKEN: BENCH_SECRET,
  LOG_LEVEL: "silent",
});
const { authlete, close } = await openServices(config);

async function ticket(): Promise<string> {
  const answer = await authlete["auth/token"]({
    parameters: "grant_type=password&username=bench&password=bench&scope=profile",
    clientId: config.client.id,
    clientSecret: config.client.secret,
  });
  if (answer.action !== "PASSWORD") throw new Error(`no ticket: ${answer.action}`);
  return answer.ticket;
}

async function issueAll(tickets: string[], inFlight: number) {
  const latenciesMs: number[] = [];
  const before = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let next = tickets.pop(); next !== undefined; next = tickets.pop()) {
        const begin = performance.now();
        const answer = await authlete["auth/token/issue"]({
          ticket: next,
          subject: `usr_${randomBytes(8).toString("hex")}`,
        });
        if (answer.action !== "OK") throw new Error(`not issued: ${answer.action}`);
        latenciesMs.push(performance.now() - begin);
      }
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return {
    requests: latenciesMs.length,
    seconds: (performance.now() - start) / 1000,
    cpuMicroseconds: user + system,
    rssBytes: process.memoryUsage.rss(),
    latenciesMs,
  };
}

process.on("message", async (message: { issue: number; inFlight: number } | "stop") => {
  if (message === "stop") {
    await close();
    process.exit(0);
  }
  const tickets = await Promise.all(Array.from({ length: message.issue }, ticket));
  process.send?.({ sample: await issueAll(tickets, message.inFlight) });
});
process.send?.("ready");
