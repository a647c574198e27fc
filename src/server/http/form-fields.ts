/** The fields of a form in their order: name and value. A name may come more than once. */
export type FormFields = readonly (readonly [name: string, value: string])[];

const TYPE = /^multipart\/form-data; ?boundary=(?<boundary>[\w'-]{1,70})$/;
const PART =
  /^\r\nContent-Disposition: form-data; name="(?<name>[\w$:]{1,64})"\r\n\r\n(?<value>[\s\S]*)\r\n$/i;
const END = /^--(?:\r\n)?$/;

/** The boundary in a content type, as every browser writes it. */
export function boundaryOf(contentType: string): string | undefined {
  return TYPE.exec(contentType)?.groups?.boundary;
}

/**
 * Reads a multipart body in the one form in which every browser writes fields that are no files. Of whatever has another form two readers may
 * make two different things, or one of them nothing.
 *
 * @returns `undefined` when the body has another form.
 * @see RFC 7578
 */
export function readFormFields(body: Buffer, boundary: string): FormFields | undefined {
  // One character a byte, so that nothing is lost before the values are decoded.
  const [before, ...parts] = body.toString("latin1").split(`--${boundary}`);
  if (before !== "" || !END.test(parts.pop() ?? "")) return undefined;
  const fields = parts.map((part) => PART.exec(part)?.groups);
  if (!fields.every((field) => field !== undefined)) return undefined;
  return fields.map(({ name = "", value = "" }) => [name, Buffer.from(value, "latin1").toString()]);
}
