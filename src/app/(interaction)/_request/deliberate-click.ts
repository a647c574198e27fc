/** So long after a page has come to the front nobody can have read what is on it. Milliseconds. */
export const READING_MS = 500;

/**
 * Tells whether a click can be meant for the page it lands on. One that follows at once when another window was closed over the page was
 * meant for that window: so a site has people press a button that they have not seen (threat T26; RFC 9700 section 4.16).
 *
 * @param clickedAt when, in milliseconds; `frontAt`, on the same clock, is when the page came to the front.
 */
export function isDeliberate({ clickedAt, frontAt }: { clickedAt: number; frontAt: number }): boolean {
  return clickedAt - frontAt >= READING_MS;
}
