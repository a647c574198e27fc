/** More than this says nothing to a person, and could be made to say much. */
const LONGEST = 60;
/** Letters of other scripts cannot stand in a header; quotes, brackets and links would be somebody else's words on our page. */
const UNREADABLE = /[^0-9A-Za-z .+_-]+/g;

/**
 * What a program calls itself in its `User-Agent`, for a person to read: without comments, with blanks in place of slashes, and cut
 * where it is long. Whoever sent it wrote it: it is a claim, and is shown as one.
 *
 * @param userAgent the header; not trusted.
 * @returns `undefined` when nothing readable is in it.
 * @see RFC 9110, section 10.1.5
 */
export function readableProgram(userAgent: string | null): string | undefined {
  const text = (userAgent ?? "")
    .slice(0, 4 * LONGEST)
    .replaceAll(/\([^)]*(?:\)|$)/g, " ")
    .replaceAll(UNREADABLE, " ")
    .replaceAll(/ {2,}/g, " ")
    .trim();
  if (text === "") return undefined;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text;
}
