import type { CallError } from "../../../client/call-error.ts";
import type { Fault } from "../../_parts/fault.ts";

/** The fields that a person fills in, and what they are called on the form. */
export const loginLabels = { username: "User name", password: "Password" } as const;

const names = Object.keys(loginLabels) as (keyof typeof loginLabels)[];
const EMPTY = "is empty";

/**
 * What stands above the fields of the login form after a failure. The catalogue's words about a request that is not valid are for
 * whoever calls procedures; a person has filled in a form.
 */
export function loginFault(fault: CallError): Fault {
  if (fault.code !== "BAD_REQUEST") return fault;
  const faulty = names.filter((name) => fault.fields?.[name]);
  const [first] = faulty;
  if (first === undefined) {
    return { text: "The form could not be read.", advice: "Load this page again, and fill it in anew." };
  }
  if (!faulty.every((name) => fault.fields?.[name]?.includes(EMPTY))) {
    return { text: "This cannot be right.", advice: "Correct what is marked below." };
  }
  const missing = faulty.length > 1 ? "both fields" : `the ${loginLabels[first].toLowerCase()}`;
  return { text: `Fill in ${missing}.`, advice: "A sign-in takes a user name and a password." };
}
