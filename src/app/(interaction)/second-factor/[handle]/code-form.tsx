"use client";

import { type FormEvent, useActionState, useId, useRef } from "react";
import { useSecondFactor } from "../../../../client/hooks/use-second-factor.ts";
import { useLanguage } from "../../../_language/language-context.tsx";
import type { Fault } from "../../../_parts/fault.ts";
import { FaultNotice } from "../../../_parts/fault-notice.tsx";
import { useFocusOnFault } from "../../../_parts/use-focus-on-fault.ts";
import { Field } from "../../login/field.tsx";
import { ProgressButton } from "../../login/progress-button.tsx";
import { useGoOn } from "../../login/use-go-on.ts";
import { enterCode as enterCodeAction } from "./actions.ts";
import { texts } from "./texts.ts";

/**
 * The form for a code. Without JavaScript it is an ordinary form for the server action; with it the same markup calls `login.secondFactor` and
 * `token.issue` and shows how far it has come.
 *
 * @param props.recovery asks for a recovery code in place of one of the app.
 * @param props.next path to go on to.
 * @param props.waitMinutes how long no code is looked at after too many wrong ones.
 */
export function CodeForm({
  formToken,
  handle,
  next,
  recovery,
  waitMinutes,
}: {
  formToken: string;
  handle: string;
  next: string;
  recovery: boolean;
  waitMinutes: number;
}) {
  const [sent, action] = useActionState(enterCodeAction, {});
  const { progress, enterCode } = useSecondFactor(handle);
  const goOn = useGoOn();
  const form = useRef<HTMLFormElement>(null);
  const faultId = useId();
  const words = texts[useLanguage()];
  const label = recovery ? words.recoveryCode : words.code;
  const busy = progress.step !== "idle" && progress.step !== "refused";
  const refused = progress.step === "refused" ? progress.error : undefined;
  const given = progress.step === "idle" ? sent.fault : refused;
  const fault = faultIn(given, {
    BAD_REQUEST: words.missing(label),
    TOO_MANY_REQUESTS: words.tooMany(waitMinutes),
  });
  useFocusOnFault(form, given);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const code = event.currentTarget.elements.namedItem("code") as HTMLInputElement;
    const last = await enterCode(code.value);
    if (last.step === "signed in") return goOn(next);
    if (last.step === "refused" && last.error.code === "SECOND_FACTOR_INVALID") code.value = "";
  }

  return (
    <form
      ref={form}
      action={action}
      onSubmit={(event) => void submit(event)}
      noValidate
      className="grid gap-5"
    >
      {fault && <FaultNotice id={faultId} fault={fault} />}
      <input type="hidden" name="formToken" value={sent.formToken ?? formToken} />
      <input type="hidden" name="handle" value={handle} />
      <input type="hidden" name="next" value={next} />
      <Field
        label={label}
        name="code"
        autoComplete={recovery ? "off" : "one-time-code"}
        inputMode={recovery ? undefined : "numeric"}
        maxLength={100}
        faultId={fault && faultId}
        readOnly={busy}
      />
      <ProgressButton words={words.steps[progress.step]} busy={busy} />
    </form>
  );
}

/** A failure, in the words of this page where it has its own. */
function faultIn(given: Fault | undefined, own: Record<string, Fault>): Fault | undefined {
  return given?.code !== undefined && Object.hasOwn(own, given.code) ? own[given.code] : given;
}
