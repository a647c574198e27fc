import { givenNonEmptyText } from "../given.ts";
import { refuse } from "../refusal.ts";

const LONGEST = 100;

/** The subject of a token: 1 to 100 characters of printable ASCII. */
export function readSubject(value: unknown): string {
  const subject = givenNonEmptyText(value);
  if (subject === undefined) return refuse("A111201");
  if (subject.length > LONGEST) refuse("A111202");
  if (!/^[\x20-\x7e]+$/.test(subject)) refuse("A111203");
  return subject;
}
