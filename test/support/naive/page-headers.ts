/** The headers of pages of a team whose partner wants to see where its visitors come from. */
export function naivePageHeaders(): Record<string, string> {
  return { "referrer-policy": "no-referrer-when-downgrade" };
}
