import "server-only";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { getServices, type Services } from "../../server/services.ts";
import type { FormPurpose } from "../../server/session/form-token.ts";
import type { Language } from "../_language/language.ts";
import { onward, requestLanguage } from "../_language/request-language.ts";
import {
  browserAddress,
  consumeFormToken,
  failureOf,
  isSentByScript,
  makeFormToken,
  publicErrorOf,
} from "../bridge.ts";
import type { FormState } from "./form-state.ts";
import { readForm } from "./read-form.ts";
import { texts } from "./texts.ts";

/** What the work of a form gets. */
export type FormContext = { ports: Services; language: Language; address: string | undefined };

/** How the work of a form ends: somewhere else, or with what the form shows. */
export type FormEnd = { goTo: string } | Omit<FormState, "formToken" | "goTo">;

/** A form of ours: what its token is for, what it has, and what of it is shown again when it was not accepted. */
export type FormRules<Values> = {
  purpose: FormPurpose;
  schema: z.ZodType<Values>;
  kept?: readonly (keyof Values & string)[];
};

/**
 * Takes a form that was sent: reads it, uses its token, does its work, and goes on or gives what it shows.
 *
 * @param form what an action was called with: anybody can call it with anything.
 */
export async function takeForm<Values extends { formToken: string }>(
  { purpose, schema, kept = [] }: FormRules<Values>,
  form: unknown,
  work: (values: Values, context: FormContext) => Promise<FormEnd>,
): Promise<FormState> {
  const [ports, address, language] = await Promise.all([getServices(), browserAddress(), requestLanguage()]);
  const values = readForm(schema, form);
  const again = async (state: FormState): Promise<FormState> => ({
    values: values ? Object.fromEntries(kept.map((name) => [name, String(values[name])])) : {},
    ...state,
    formToken: await makeFormToken(purpose),
  });
  if (!values) return again({ fault: texts[language].unreadable });
  if (!(await consumeFormToken(purpose, values.formToken)))
    return again({ fault: publicErrorOf({ code: "FORM_EXPIRED" }) });
  const end = await ending(purpose, () => work(values, { ports, language, address }));
  if (!("goTo" in end)) return again(end);
  const goTo = await onward(end.goTo);
  // For a script Next would fetch the next address itself, and that may do something, once.
  if (!(await isSentByScript())) redirect(goTo);
  return { goTo };
}

async function ending(purpose: FormPurpose, work: () => Promise<FormEnd>): Promise<FormEnd> {
  try {
    return await work();
  } catch (error) {
    return { fault: await failureOf(error, `form ${purpose}`) };
  }
}
