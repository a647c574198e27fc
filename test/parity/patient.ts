import { setTimeout as wait } from "node:timers/promises";
import type { Fetch, FetchAnswer } from "../../src/server/authlete/http/exchange.ts";
import { announcedWaitMs } from "../../src/server/authlete/http/repeating.ts";

const MOST_TRIES = 7;
const FIRST_WAIT_MS = 1000;

/**
 * Sends a request again as long as the service says that there were too many (429). It has not looked at any of those, so that nothing
 * is spent twice.
 *
 * @param sleep waits for a number of milliseconds.
 */
export function patient(fetch: Fetch, sleep: (ms: number) => Promise<unknown> = wait): Fetch {
  return async (url, request) => {
    for (let tries = 1; ; tries += 1) {
      const answer = await fetch(url, request);
      if (answer.status !== 429 || tries === MOST_TRIES) return answer;
      await readAway(answer);
      const announced = announcedWaitMs({ headers: answer.headers, status: 429, text: "" });
      await sleep(announced || FIRST_WAIT_MS * 2 ** (tries - 1));
    }
  };
}

/** The connection is free again when the answer has been read. */
async function readAway({ body }: FetchAnswer): Promise<void> {
  for await (const _chunk of body ?? []);
}
