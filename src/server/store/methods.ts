import type { AuthenticationMethod } from "../session/records.ts";

/** How somebody was authenticated, as one column: names with blanks between them. */
export function writeMethods(methods: readonly AuthenticationMethod[]): string {
  return methods.join(" ");
}

/** Undoes `writeMethods`. */
export function readMethods(text: string): AuthenticationMethod[] {
  return text.split(" ").filter(Boolean) as AuthenticationMethod[];
}
