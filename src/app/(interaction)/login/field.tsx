"use client";

import { useId } from "react";
import { useLanguage } from "../../_language/language-context.tsx";
import { texts } from "../../_parts/texts.ts";

/**
 * A labelled field with its faults under it.
 *
 * @param props.readOnly while what was typed is being looked at: it keeps the focus, which a disabled field loses.
 * @param props.errors what is wrong with this field, as the rest of a sentence about it.
 * @param props.hint what to know before one fills it in.
 * @param props.faultId the notice about the whole form, which describes every field.
 */
export function Field({
  label,
  errors = [],
  hint,
  faultId,
  ...input
}: {
  label: string;
  name: string;
  type?: "text" | "password" | "email";
  autoComplete: string;
  inputMode?: "numeric" | undefined;
  maxLength?: number;
  defaultValue?: string;
  readOnly?: boolean;
  errors?: string[] | undefined;
  hint?: string | undefined;
  faultId: string | undefined;
}) {
  const id = useId();
  const { fieldFault } = texts[useLanguage()];
  const errorId = `${id}-error`;
  const invalid = errors.length > 0;
  const hintId = `${id}-hint`;
  const described = [invalid ? errorId : undefined, hint ? hintId : undefined, faultId]
    .filter(Boolean)
    .join(" ");
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-bold">
        {label}
      </label>
      <input
        {...input}
        id={id}
        type={input.type ?? "text"}
        className="input"
        required
        spellCheck={false}
        autoCapitalize="none"
        aria-invalid={invalid}
        aria-describedby={described || undefined}
      />
      {hint && (
        <p id={hintId} className="mt-1.5 text-fine text-soft">
          {hint}
        </p>
      )}
      {invalid && (
        <p id={errorId} className="mt-1.5 font-bold text-stamp">
          {errors.map((error) => fieldFault(label, error)).join(" ")}
        </p>
      )}
    </div>
  );
}
