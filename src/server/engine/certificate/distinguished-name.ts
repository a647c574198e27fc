import { type DerValue, dottedIdentifier, readDer } from "./der.ts";

/** A relative name: its types and values in a form that can be compared. Two orders of the same values are the same name. */
type RelativeName = string;

/** Names of attribute types (RFC 4514 3, RFC 4519 2, and those that certificate authorities write). */
const types: Record<string, string> = {
  CN: "2.5.4.3",
  SURNAME: "2.5.4.4",
  SN: "2.5.4.4",
  SERIALNUMBER: "2.5.4.5",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  STREET: "2.5.4.9",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  TITLE: "2.5.4.12",
  BUSINESSCATEGORY: "2.5.4.15",
  POSTALCODE: "2.5.4.17",
  NAME: "2.5.4.41",
  GIVENNAME: "2.5.4.42",
  INITIALS: "2.5.4.43",
  DNQUALIFIER: "2.5.4.46",
  ORGANIZATIONIDENTIFIER: "2.5.4.97",
  UID: "0.9.2342.19200300.100.1.1",
  DC: "0.9.2342.19200300.100.1.25",
  EMAILADDRESS: "1.2.840.113549.1.9.1",
  E: "1.2.840.113549.1.9.1",
  JURISDICTIONC: "1.3.6.1.4.1.311.60.2.1.3",
};

/** How the string types of ASN.1 are written, by their tags. */
const encodings: Record<number, BufferEncoding> = {
  12: "utf8",
  18: "latin1",
  19: "latin1",
  20: "latin1",
  22: "latin1",
};

/**
 * A distinguished name in text form (RFC 4514): the most particular name comes first.
 *
 * @returns its relative names from the root down, or `undefined` when the text is no name.
 */
export function parseDistinguishedName(text: string): RelativeName[] | undefined {
  const names = split(text, /[,;]/).map((name) => split(name, /\+/).map(parseAttribute));
  if (names.some((name) => name.includes(undefined))) return undefined;
  return names.reverse().map((name) => relativeName(name as string[]));
}

/** The relative names of a subject as it stands in a certificate; `undefined` when it cannot be read. */
export function subjectNames(subject: readonly DerValue[]): RelativeName[] | undefined {
  try {
    return subject.map(({ content }) => relativeName(readDer(content).map(presentedAttribute)));
  } catch {
    return undefined;
  }
}

/** Whether two names are the same, relative name by relative name. */
export function equalNames(left: readonly RelativeName[], right: readonly RelativeName[]): boolean {
  return left.length > 0 && left.length === right.length && left.every((name, at) => name === right[at]);
}

function relativeName(attributes: readonly string[]): RelativeName {
  return JSON.stringify(attributes.toSorted());
}

/** Case and the number of blanks do not tell two names apart (RFC 5280 7.1). */
function attribute(type: string, value: string): string {
  return `${type}=${value.trim().replace(/\s+/g, " ").toLowerCase()}`;
}

/** Splits where a separator is neither escaped nor in quotes. */
function split(text: string, separator: RegExp): string[] {
  const parts = [""];
  let isQuoted = false;
  for (const piece of pieces(text)) {
    if (piece === '"') isQuoted = !isQuoted;
    if (separator.test(piece) && piece.length === 1 && !isQuoted) parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

function parseAttribute(text: string): string | undefined {
  const { type, value } = /^\s*(?<type>[A-Za-z0-9.-]+)\s*=(?<value>.*)$/s.exec(text)?.groups ?? {};
  if (type === undefined || value === undefined) return undefined;
  const identifier = /^[\d.]+$/.test(type) ? type : types[type.toUpperCase()];
  const read = unescaped(trimmed(pieces(value)));
  return identifier === undefined || read === undefined ? undefined : attribute(identifier, read);
}

/** The characters of a text, each with the backslash before it. */
function pieces(text: string): string[] {
  return text.match(/\\.|[^\\]|\\$/gsu) ?? [];
}

/** Blanks around a value are no part of it, unless they are escaped. */
function trimmed(all: readonly string[]): string {
  const isInk = (piece: string) => !/^\s$/.test(piece);
  return all.slice(all.findIndex(isInk), all.findLastIndex(isInk) + 1).join("");
}

/** A value in hexadecimal is the whole DER of it; in the others a backslash stands before a character, or before bytes of UTF-8. */
function unescaped(value: string): string | undefined {
  if (value.startsWith("#")) return presentedValue(readOne(value.slice(1)));
  const text = /^".*"$/s.test(value) ? value.slice(1, -1) : value;
  if (pieces(text).at(-1) === "\\") return undefined;
  return text.replace(/((?:\\[0-9a-f]{2})+)|\\(.)/gis, (_, bytes: string | undefined, character: string) =>
    bytes === undefined ? character : Buffer.from(bytes.replaceAll("\\", ""), "hex").toString(),
  );
}

function readOne(hex: string): DerValue | undefined {
  if (!/^([0-9a-f]{2})+$/i.test(hex)) return undefined;
  try {
    return readDer(Buffer.from(hex, "hex"))[0];
  } catch {
    return undefined;
  }
}

function presentedAttribute({ content }: DerValue): string {
  const [type, value] = readDer(content);
  if (!type || !value) throw new RangeError("an attribute is not complete");
  return attribute(dottedIdentifier(type.content), presentedValue(value) ?? "");
}

/** What is no text is compared by its bytes, and is no text either. */
function presentedValue(value: DerValue | undefined): string | undefined {
  if (!value) return undefined;
  const isUtf16 = value.tag === 30 && value.content.length % 2 === 0;
  if (isUtf16) return Buffer.from(value.content).swap16().toString("utf16le");
  const encoding = encodings[value.tag];
  return encoding ? value.content.toString(encoding) : `\0${value.bytes.toString("hex")}`;
}
