"use client";

import { useId } from "react";
import { useLanguage } from "../../_language/language-context.tsx";
import { texts } from "../../_parts/texts.ts";

/**
 * A labelled field with its faults under it.
 *
 * @param props.readOnly while what was typed is being looked at: it keeps the focus, which a disabled field loses.
 * @param props.errors what is wrong with this field, as the rest of a sentence about it.
 * @param props.faultId the notice about the whole form, which describes every field.
 */
export function Field({
  label,
  errors = [],
  faultId,
  ...input
}: {
  label: string;
  name: string;
  type?: "text" | "password";
  autoComplete: string;
  defaultValue?: string;
  readOnly?: boolean;
  errors?: string[] | undefined;
  faultId: string | undefined;
}) {
  const id = useId();
  const { fieldFault } = texts[useLanguage()];
  const errorId = `${id}-error`;
  const invalid = errors.length > 0;
  const described = [invalid ? errorId : undefined, faultId].filter(Boolean).join(" ");
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
      {invalid && (
        <p id={errorId} className="mt-1.5 font-bold text-stamp">
          {errors.map((error) => fieldFault(label, error)).join(" ")}
        </p>
      )}
    </div>
  );
}
