"use client";

import { type FormEvent, useActionState, useEffect, useId, useRef } from "react";
import { FaultNotice } from "../_parts/fault-notice.tsx";
import { Field } from "../(interaction)/login/field.tsx";
import type { FieldSpec, FormState } from "./form-state.ts";

/**
 * A form for a server action, with its fields and their faults. Without JavaScript it is sent as any form is.
 *
 * @param props.action gives what the form shows when it was not accepted, and otherwise goes elsewhere.
 * @param props.hidden what is sent along, by name.
 * @param props.username the name that a password manager keeps the password under, where no field asks for it.
 * @param props.labels of the button, also while the form is on its way.
 */
export function AccountForm({
  action,
  formToken,
  hidden = {},
  username,
  fields,
  labels,
  quiet = false,
}: {
  action: (previous: FormState, form: FormData) => Promise<FormState>;
  formToken: string;
  hidden?: Readonly<Record<string, string>>;
  username?: string;
  fields: readonly FieldSpec[];
  labels: { idle: string; busy: string };
  quiet?: boolean;
}) {
  const [sent, send, isPending] = useActionState(action, {});
  const form = useRef<HTMLFormElement>(null);
  const faultId = useId();
  useFocusOnFault(form, sent);
  const faultRef = sent.fault && faultId;

  function once(event: FormEvent<HTMLFormElement>): void {
    if (isPending) event.preventDefault();
  }

  return (
    <form ref={form} action={send} onSubmit={once} noValidate className="grid gap-5">
      {sent.fault && <FaultNotice id={faultId} fault={sent.fault} />}
      <input type="hidden" name="formToken" value={sent.formToken ?? formToken} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {username !== undefined && (
        <input type="text" autoComplete="username" value={username} readOnly hidden />
      )}
      {fields.map(({ value, ...field }) => (
        <Field
          {...field}
          key={field.name}
          defaultValue={sent.values?.[field.name] ?? value ?? ""}
          errors={sent.errors?.[field.name]}
          faultId={faultRef}
          readOnly={isPending}
        />
      ))}
      <button
        type="submit"
        className={quiet ? "button button-quiet w-full" : "button w-full"}
        aria-disabled={isPending}
      >
        {isPending ? labels.busy : labels.idle}
      </button>
      <p role="status" className="sr-only">
        {isPending && labels.busy}
      </p>
    </form>
  );
}

/** After a failure the focus goes to the first field that is at fault, else to the words about it. */
function useFocusOnFault(form: { current: HTMLFormElement | null }, { fault, formToken }: FormState): void {
  useEffect(() => {
    if (!fault || formToken === undefined) return;
    const field = form.current?.querySelector<HTMLElement>("[aria-invalid='true']");
    (field ?? form.current?.querySelector<HTMLElement>("[role='alert']"))?.focus();
  }, [form, fault, formToken]);
}
