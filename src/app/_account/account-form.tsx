"use client";

import { type FormEvent, useActionState, useId, useRef, useState, useTransition } from "react";
import { FaultNotice } from "../_parts/fault-notice.tsx";
import { useFocusOnFault } from "../_parts/use-focus-on-fault.ts";
import { Field } from "../(interaction)/login/field.tsx";
import { Choice } from "./choice.tsx";
import type { ChoiceSpec, FieldSpec, FormState } from "./form-state.ts";

/**
 * A form for a server action, with its fields and their faults. Without JavaScript it is sent as any form is; with it the browser loads the next
 * page anew.
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
  choices = [],
  labels,
  quiet = false,
}: {
  action: (previous: FormState, form: FormData) => Promise<FormState>;
  formToken: string;
  hidden?: Readonly<Record<string, string>>;
  username?: string;
  fields: readonly FieldSpec[];
  choices?: readonly ChoiceSpec[];
  labels: { idle: string; busy: string };
  quiet?: boolean;
}) {
  const [sentWhole, send] = useActionState(action, {});
  const [answered, setAnswered] = useState<FormState>();
  const [isPending, startSending] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const faultId = useId();
  const sent = answered ?? sentWhole;
  useFocusOnFault(form, sent.fault);
  const faultRef = sent.fault && faultId;

  /** The action may make this page another one, and with it this form be gone: what comes after it does not hang on the form. */
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { currentTarget } = event;
    const filledIn = new FormData(currentTarget);
    if (isPending) return;
    startSending(async () => {
      const { goTo, ...answer } = await action({}, filledIn);
      if (goTo === undefined) {
        forgetPasswords(currentTarget);
        return setAnswered(answer);
      }
      location.assign(goTo);
      // Busy until the next page is here.
      await new Promise(() => {});
    });
  }

  return (
    <form ref={form} action={send} onSubmit={submit} noValidate className="grid gap-5">
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
      {choices.map((choice) => (
        <Choice {...choice} key={choice.name} sent={sent.values?.[choice.name]} />
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

function forgetPasswords(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement>("input[type=password]")) field.value = "";
}
