import { givenSeconds } from "../../given.ts";
import { refuse } from "../../refusal.ts";
import { parameter } from "../request-parameters.ts";
import type { Rule } from "../rule.ts";

const LONGEST_SECONDS = 2 ** 31 - 1;

/**
 * `max_age` (OIDC Core 3.1.2.1), or what the client asks for by default. Any of them makes `auth_time` a must; 0, which the API
 * cannot tell from nothing, too.
 */
export const maxAge: Rule = ({ client, parameters }) => {
  const value = parameter(parameters, "max_age", ["A017301", "A017302"]);
  const seconds = value === undefined ? givenSeconds(client.defaultMaxAge) : secondsOf(value);
  return seconds === undefined ? {} : { maxAge: seconds, authTimeRequired: true };
};

function secondsOf(value: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(value)) refuse("A017303");
  if (value.includes(".")) refuse("A017304");
  const seconds = Number(value);
  return seconds >= 0 && seconds <= LONGEST_SECONDS ? seconds : refuse("A017305");
}
