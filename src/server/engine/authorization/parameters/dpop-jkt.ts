import { refuse } from "../../refusal.ts";
import { parameter } from "../request-parameters.ts";
import type { Rule } from "../rule.ts";

/** `dpop_jkt` (RFC 9449 10), or the key of the proof that a pushed request came with: whoever redeems the code has to hold it. */
export const dpopJkt: Rule = ({ parameters }) => {
  const named = parameter(parameters, "dpop_jkt", ["A254311", "A254311"]);
  const proven = parameters.pushed?.dpopJkt;
  if (named !== undefined && !/^[\w-]{43}$/.test(named)) refuse("A254312");
  if (named !== undefined && proven !== undefined && named !== proven) refuse("A254313");
  const jkt = named ?? proven;
  return jkt === undefined ? {} : { dpopJkt: jkt };
};
