import { WebApiRefusal } from "./refusal.ts";

/** No request of the API comes near this many bytes. */
const MOST_BYTES = 1024 * 1024;

/**
 * The text of a request's body. A declared length is enforced by the HTTP parser, so such a body is read in one go; any
 * other is counted while it arrives.
 *
 * @throws WebApiRefusal with 413 for more than 1 MB, with 400 for a body that breaks off.
 */
export async function readBody(request: Request): Promise<string> {
  const declared = request.headers.get("content-length");
  if (declared !== null && !(Number(declared) <= MOST_BYTES)) throw new WebApiRefusal("tooLarge");
  try {
    return declared === null ? await readCounted(request.body) : await request.text();
  } catch (error) {
    throw error instanceof WebApiRefusal ? error : new WebApiRefusal("unreadableBody");
  }
}

async function readCounted(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new WebApiRefusal("tooLarge");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
