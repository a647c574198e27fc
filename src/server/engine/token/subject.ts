import { givenNonEmptyText } from "../given.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

const LONGEST = 100;

/** The codes for a subject that is missing, too long, or has other characters. */
export type SubjectCodes = readonly [missing: RefusalCode, tooLong: RefusalCode, notAscii: RefusalCode];

/** The subject of a token: 1 to 100 characters of printable ASCII. */
export function readSubject(value: unknown, codes: SubjectCodes = ["A111201", "A111202", "A111203"]): string {
  const subject = givenNonEmptyText(value);
  if (subject === undefined) return refuse(codes[0]);
  if (subject.length > LONGEST) refuse(codes[1]);
  if (!/^[\x20-\x7e]+$/.test(subject)) refuse(codes[2]);
  return subject;
}
