/**
 * The name that somebody who wrote another one most likely meant.
 *
 * @param written what was written.
 * @param names all that there are; at least one.
 * @returns the one that the fewest inserted, removed and replaced characters lead to (Levenshtein distance); of several the first.
 */
export function nearestName(written: string, names: readonly [string, ...string[]]): string {
  const distances = names.map((name) => distance(written, name));
  return names[distances.indexOf(Math.min(...distances))] ?? names[0];
}

function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
