import type { PinnedRequest } from "./pinned-request.ts";
import { isLoopbackAddress, isPublicAddress } from "./public-address.ts";

const MOST_BYTES = 64 * 1024;

/** What reading a document needs of the outside world. */
export type DocumentPorts = {
  /** All addresses of a host. */
  resolve: (host: string) => Promise<readonly string[]>;
  request: PinnedRequest;
  /** Whether this machine and private networks may be asked, and this machine without TLS: in development. */
  allowPrivateAddresses: boolean;
  /** Throws for a text that is not the document that is wanted. */
  check: (text: string) => void;
  /** How long one document may take from the look-up of the host to its last byte, in milliseconds. */
  timeoutMs: number;
};

/**
 * Reads a document at a URL that somebody else has chosen: over https, from a public address, without redirects, up to 64 KB, in
 * limited time. All addresses of the host have to be public, and the connection goes to one that was checked.
 *
 * @returns its text.
 * @throws Error saying which rule was broken.
 */
export async function fetchDocument(ports: DocumentPorts, uri: string): Promise<string> {
  const signal = AbortSignal.timeout(ports.timeoutMs);
  const reading = readFrom(ports, checkedUrl(uri), signal);
  return Promise.race([reading, timedOut(signal)]);
}

async function readFrom(ports: DocumentPorts, url: URL, signal: AbortSignal): Promise<string> {
  const address = await checkedAddress(ports, url);
  signal.throwIfAborted();
  const answer = await ports.request(url, address, signal);
  try {
    if (answer.status !== 200) throw new Error(`the answer has the status ${answer.status}`);
    const text = await limitedText(answer.body);
    ports.check(text);
    return text;
  } finally {
    await answer.close();
  }
}

/**
 * A URL that somebody else has chosen, as far as its text can be checked.
 *
 * @throws Error saying which rule was broken.
 */
export function checkedUrl(uri: string): URL {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (!url || !["https:", "http:"].includes(url.protocol)) throw new Error("the address is not an https URL");
  if (url.username || url.password) throw new Error("the address has credentials in it");
  return url;
}

/**
 * The address to connect to for a URL. One address that passes is not enough: the next look-up may give another.
 *
 * @throws Error saying which rule was broken.
 */
export async function checkedAddress(
  ports: Pick<DocumentPorts, "resolve" | "allowPrivateAddresses">,
  url: URL,
): Promise<string> {
  const addresses = await ports.resolve(url.hostname.replace(/^\[|\]$/g, ""));
  const [first] = addresses;
  if (first === undefined) throw new Error("the host has no address");
  if (!ports.allowPrivateAddresses && !addresses.every(isPublicAddress)) {
    throw new Error("the host has an address that is not public");
  }
  if (url.protocol !== "https:" && !(ports.allowPrivateAddresses && addresses.every(isLoopbackAddress))) {
    throw new Error("the address is not an https URL");
  }
  return first;
}

async function limitedText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new Error("the document is too big");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function timedOut(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("the document took too long")), { once: true });
  });
}
