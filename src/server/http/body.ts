/** A body that is larger than the endpoint takes. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
}

/**
 * Reads a body as text. A declared length is enforced by the HTTP parser, so such a body is read in one go; any other is
 * counted as it comes, and reading stops at the limit.
 *
 * @param limitBytes the most that is read.
 * @throws BodyTooLargeError.
 */
export async function readBody(request: Request, limitBytes: number): Promise<string> {
  if (isDeclared(request, limitBytes)) return request.text();
  return new TextDecoder().decode(await readCounted(request.body, limitBytes));
}

/**
 * Reads a body as it is.
 *
 * @param limitBytes the most that is read.
 * @throws BodyTooLargeError.
 */
export async function readBytes(request: Request, limitBytes: number): Promise<Buffer> {
  if (isDeclared(request, limitBytes)) return Buffer.from(await request.arrayBuffer());
  return readCounted(request.body, limitBytes);
}

function isDeclared({ headers }: Request, limitBytes: number): boolean {
  const declared = headers.get("content-length");
  if (declared !== null && !(Number(declared) <= limitBytes)) throw new BodyTooLargeError();
  return declared !== null;
}

async function readCounted(body: ReadableStream<Uint8Array> | null, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw new BodyTooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
