"use client";

import { useActionState, useEffect, useId, useRef } from "react";
import { useLanguage } from "../../_language/language-context.tsx";
import { FaultNotice } from "../../_parts/fault-notice.tsx";
import { type CodeState, enterCode } from "./actions.ts";
import { texts } from "./texts.ts";

/**
 * The form for a code. It is filled in where the code came with the link, and sent by nobody but the person.
 *
 * @param props.prefilled the code of the link, as the device shows it.
 */
export function CodeForm({ formToken, prefilled }: { formToken: string; prefilled: string }) {
  const [sent, action, busy] = useActionState<CodeState, FormData>(enterCode, { userCode: prefilled });
  const words = texts[useLanguage()];
  const form = useRef<HTMLFormElement>(null);
  const [id, faultId] = [useId(), useId()];
  const fault = sent.problem === undefined ? sent.fault : words.problems[sent.problem];
  useEffect(() => {
    if (fault) form.current?.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus();
  }, [fault, id]);
  return (
    <form ref={form} action={action} noValidate className="grid gap-5">
      {fault && <FaultNotice id={faultId} fault={fault} />}
      <input type="hidden" name="formToken" value={sent.formToken ?? formToken} />
      <div>
        <label htmlFor={id} className="mb-1.5 block font-bold">
          {words.code}
        </label>
        <input
          id={id}
          name="userCode"
          className="input font-print uppercase tracking-[0.2em]"
          defaultValue={sent.userCode}
          required
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-invalid={sent.problem !== undefined}
          aria-describedby={fault ? `${id}-hint ${faultId}` : `${id}-hint`}
        />
        <p id={`${id}-hint`} className="mt-1.5 text-fine text-soft">
          {words.example}
        </p>
      </div>
      <button type="submit" className="button w-full" aria-disabled={busy}>
        {words.next}
      </button>
    </form>
  );
}
