import type { CallError } from "../../../client/call-error.ts";
import type { Language } from "../../_language/language.ts";
import type { Fault } from "../../_parts/fault.ts";
import { texts } from "./texts.ts";

/** The fields that a person fills in. */
const names = ["username", "password"] as const;
const EMPTY = "is empty";

/**
 * What stands above the fields of the login form after a failure. The catalogue's words about a request that is not valid are for
 * whoever calls procedures; a person has filled in a form.
 */
export function loginFault(fault: CallError, language: Language): Fault {
  if (fault.code !== "BAD_REQUEST") return fault;
  const words = texts[language];
  const faulty = names.filter((name) => fault.fields?.[name]);
  const [first] = faulty;
  if (first === undefined) return words.unreadable;
  if (!faulty.every((name) => fault.fields?.[name]?.includes(EMPTY))) return words.wrong;
  return faulty.length > 1 ? words.missingBoth : words.missing(words[first]);
}
