/** The context that a waiting request is sealed in: it cannot be put in the place of another. */
export function sealedUnder(id: string): string {
  return `backchannel ${id}`;
}
