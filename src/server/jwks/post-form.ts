import { checkedAddress, checkedUrl, type DocumentPorts } from "./fetch-document.ts";

/** What sending a form needs of the outside world. */
export type PostPorts = Omit<DocumentPorts, "check">;

/**
 * Sends a form to a URL that somebody else has chosen: over https, to a public address, without following redirects, in limited time.
 * What comes back is not read.
 *
 * @param form fields as `application/x-www-form-urlencoded`.
 * @returns the status of the answer.
 * @throws Error saying which rule was broken, or that there was no answer in time.
 */
export async function postForm(ports: PostPorts, uri: string, form: string): Promise<number> {
  const signal = AbortSignal.timeout(ports.timeoutMs);
  return Promise.race([send(ports, { url: checkedUrl(uri), form, signal }), timedOut(signal)]);
}

async function send(
  ports: PostPorts,
  { url, form, signal }: { url: URL; form: string; signal: AbortSignal },
): Promise<number> {
  const address = await checkedAddress(ports, url);
  signal.throwIfAborted();
  const answer = await ports.request(url, address, signal, { form });
  await answer.close();
  return answer.status;
}

function timedOut(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("there was no answer in time")), { once: true });
  });
}
