import { type Form, parseForm } from "../form.ts";
import { refuse } from "../refusal.ts";

/** The parameters of a client application's request, from the member of the call that holds its body. */
export function readParameters(parameters: unknown): Form {
  if (parameters === undefined || parameters === null) return refuse("A166201");
  if (typeof parameters !== "string") return refuse("A166202");
  if (parameters.trim() === "") return refuse("A166301");
  return parseForm(parameters);
}
