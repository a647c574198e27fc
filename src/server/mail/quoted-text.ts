/**
 * Words of somebody else as they may stand in a mail of ours: on one line, visible, not long, and nothing that a mail program would make a link of.
 *
 * @param longest in characters.
 */
export function quotedText(text: string, longest: number): string {
  const line = text
    .normalize("NFC")
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, " ")
    .replaceAll("://", ": //")
    .replaceAll(/(?<=\S)([.@])(?=\S)/gu, "$1 ")
    .replaceAll(/\s+/g, " ")
    .trim();
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : line;
}
