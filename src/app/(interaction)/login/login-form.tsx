"use client";

import { type FormEvent, useActionState, useId, useRef } from "react";
import type { CallError } from "../../../client/call-error.ts";
import { type SignInProgress, useSignIn } from "../../../client/hooks/use-sign-in.ts";
import { useLanguage } from "../../_language/language-context.tsx";
import { uiLocalesOf, withUiLocales } from "../../_language/ui-locales.ts";
import { FaultNotice } from "../../_parts/fault-notice.tsx";
import { useFocusOnFault } from "../../_parts/use-focus-on-fault.ts";
import { secondFactorPath } from "../second-factor/second-factor-path.ts";
import { signIn as signInAction } from "./actions.ts";
import { Field } from "./field.tsx";
import { loginFault } from "./login-fault.ts";
import { ProgressButton } from "./progress-button.tsx";
import { texts } from "./texts.ts";
import { useGoOn } from "./use-go-on.ts";

/**
 * The login form. Without JavaScript it is an ordinary form for the server action; with it the same markup calls
 * `login.password` and `token.issue` and shows how far it has come.
 *
 * @param props.next path to go on to.
 * @param props.username what to begin with in the field for it.
 * @param props.secondFactor what a person signs in for wants more than a password.
 */
export function LoginForm({
  formToken,
  next,
  username = "",
  secondFactor,
}: {
  formToken: string;
  next: string;
  username?: string | undefined;
  secondFactor?: "required" | undefined;
}) {
  const [sent, action] = useActionState(signInAction, { username });
  const { progress, signIn } = useSignIn();
  const goOn = useGoOn();
  const form = useRef<HTMLFormElement>(null);
  const faultId = useId();
  const language = useLanguage();
  const words = texts[language];
  const busy = progress.step !== "idle" && progress.step !== "refused";
  const fault: CallError | undefined = progress.step === "idle" ? sent.fault : refusal(progress);
  useFocusOnFault(form, fault);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const { elements } = event.currentTarget;
    const username = elements.namedItem("username") as HTMLInputElement;
    const password = elements.namedItem("password") as HTMLInputElement;
    const typed = { username: username.value, password: password.value };
    const last = await signIn({ ...typed, ...(secondFactor ? { secondFactor } : {}) });
    if (last.step === "second factor") {
      const uiLocales = uiLocalesOf(new URL(location.href));
      return goOn(withUiLocales(secondFactorPath(last.handle, next), uiLocales));
    }
    if (last.step === "signed in") return goOn(next);
    // What else went wrong has nothing to do with the password, and nobody has to type it again.
    if (last.step === "refused" && last.error.code === "CREDENTIALS_INVALID") password.value = "";
  }

  return (
    <form
      ref={form}
      action={action}
      onSubmit={(event) => void submit(event)}
      noValidate
      className="grid gap-5"
    >
      {fault && <FaultNotice id={faultId} fault={loginFault(fault, language)} />}
      <input type="hidden" name="formToken" value={formToken} />
      <input type="hidden" name="next" value={next} />
      <Field
        label={words.username}
        name="username"
        autoComplete="username"
        defaultValue={sent.username}
        errors={fault?.fields?.username?.map(words.rule)}
        faultId={fault && faultId}
        readOnly={busy}
      />
      <Field
        label={words.password}
        name="password"
        type="password"
        autoComplete="current-password"
        errors={fault?.fields?.password?.map(words.rule)}
        faultId={fault && faultId}
        readOnly={busy}
      />
      <ProgressButton words={words.steps[progress.step]} busy={busy} />
    </form>
  );
}

function refusal(progress: SignInProgress): CallError | undefined {
  return progress.step === "refused" ? progress.error : undefined;
}
