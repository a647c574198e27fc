import { measure, type Sample, type Send, usageOf } from "./measure.ts";
import type { Server } from "./server.ts";

/** One row of a bench. */
export type Case = {
  key: string;
  title: string;
  /** Prepares that many requests, then measures them, `inFlight` at once. */
  sample: (requests: number, inFlight: number) => Promise<Sample>;
};

/** Makes, outside the measurement, what one request needs; resolves with what sends it. */
export type Ready = () => Promise<Send>;

/** As many requests, made ready one after the other. */
export async function prepared(ready: Ready, requests: number): Promise<Send[]> {
  const sends: Send[] = [];
  while (sends.length < requests) sends.push(await ready());
  return sends;
}

/** A row whose requests go to a server. */
export function serverCase({
  key,
  title,
  server,
  ready,
}: {
  key: string;
  title: string;
  server: Server;
  ready: Ready;
}): Case {
  const usage = () => usageOf(server.child);
  return {
    key,
    title,
    sample: async (requests, inFlight) => measure(await prepared(ready, requests), { inFlight, usage }),
  };
}
