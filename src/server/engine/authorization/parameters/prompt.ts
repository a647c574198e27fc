import { type Prompt, promptSchema } from "../../../authlete/enumerations.ts";
import { givenList } from "../../given.ts";
import { refuse } from "../../refusal.ts";
import { words } from "../request-parameters.ts";
import type { Rule } from "../rule.ts";

/** Supported where the service does not list anything: OIDC Core 3.1.2.1 knows these, and `create` has to be announced. */
export const standardPrompts: readonly string[] = ["NONE", "LOGIN", "CONSENT", "SELECT_ACCOUNT"];

/** `prompt` (OIDC Core 3.1.2.1, Initiating User Registration 4.1). */
export const prompt: Rule = ({ context, parameters }) => {
  const values = words(parameters, "prompt", ["A016301", "A016302"]);
  if (!values) return {};
  const prompts = values.map(promptNamed);
  if (prompts.length > 1 && prompts.includes("NONE")) refuse("A016304");
  const supported = givenList(context.service.supportedPromptValues) ?? standardPrompts;
  if (prompts.some((value) => !supported.includes(value))) refuse("A016305");
  return { prompts };
};

function promptNamed(value: string): Prompt {
  const isWord = value === value.toLowerCase();
  const named = promptSchema.safeParse(value.toUpperCase());
  return isWord && named.success ? named.data : refuse("A016303");
}
