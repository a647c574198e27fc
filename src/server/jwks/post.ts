import { checkedAddress, checkedUrl, type DocumentPorts } from "./fetch-document.ts";
import type { SentBody } from "./pinned-request.ts";

/** What sending something needs of the outside world. */
export type PostPorts = Omit<DocumentPorts, "check">;

/**
 * Sends a body to a URL that somebody else has chosen: over https, to a public address, without following redirects, in limited time.
 * What comes back is not read.
 *
 * @returns the status of the answer.
 * @throws Error saying which rule was broken, or that there was no answer in time.
 */
export async function post(ports: PostPorts, uri: string, sent: SentBody): Promise<number> {
  const signal = AbortSignal.timeout(ports.timeoutMs);
  return Promise.race([send(ports, { url: checkedUrl(uri), sent, signal }), timedOut(signal)]);
}

async function send(
  ports: PostPorts,
  { url, sent, signal }: { url: URL; sent: SentBody; signal: AbortSignal },
): Promise<number> {
  const address = await checkedAddress(ports, url);
  signal.throwIfAborted();
  const answer = await ports.request(url, address, signal, sent);
  await answer.close();
  return answer.status;
}

function timedOut(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("there was no answer in time")), { once: true });
  });
}
