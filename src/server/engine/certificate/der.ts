/** A value in DER (X.690 8.1): its tag as one byte, its content, and its bytes with tag and length. */
export type DerValue = { tag: number; content: Buffer; bytes: Buffer };

/** Tags of the types that certificates are made of. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  octetString: 0x04,
  objectIdentifier: 0x06,
} as const;

/**
 * Reads the values that stand one after the other.
 *
 * @throws RangeError when the bytes end too early.
 */
export function readDer(bytes: Buffer): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { start, end } = contentRange(bytes, at);
    const tag = bytes.readUInt8(at);
    values.push({ tag, content: bytes.subarray(start, end), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return values;
}

/** A length below 128 is one byte; a longer one says first how many bytes it has. */
function contentRange(bytes: Buffer, at: number): { start: number; end: number } {
  const first = bytes.readUInt8(at + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  if (start + length > bytes.length) throw new RangeError("the value ends too early");
  return { start, end: start + length };
}

/** An object identifier with dots (X.690 8.19). */
export function dottedIdentifier(content: Buffer): string {
  const parts: number[] = [];
  let part = 0;
  for (const byte of content) {
    part = part * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    parts.push(part);
    part = 0;
  }
  const [first = 0, ...others] = parts;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...others].join(".");
}
