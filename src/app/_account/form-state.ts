import type { Fault } from "../_parts/fault.ts";

/** What a form shows after it was sent and not accepted, or where a script goes on to. Passwords are never part of it. */
export type FormState = {
  goTo?: string;
  fault?: Fault;
  /** By field: the rest of a sentence about it, in the language of the page. */
  errors?: Readonly<Record<string, string[]>>;
  /** What was filled in, by field. */
  values?: Readonly<Record<string, string>>;
  /** For sending it again: a token works once. */
  formToken?: string;
};

/** A box of a form that is ticked unless the person takes that away; it sends `yes`. */
export type ChoiceSpec = { name: string; label: string };

/** A field of a form. */
export type FieldSpec = {
  name: string;
  label: string;
  type?: "text" | "password" | "email";
  autoComplete: string;
  inputMode?: "numeric";
  hint?: string;
  /** What stands in it when the form is opened. */
  value?: string;
};
