"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type FormEvent, useActionState, useEffect, useId, useRef } from "react";
import type { CallError } from "../../../client/call-error.ts";
import { type SignInProgress, useSignIn } from "../../../client/hooks/use-sign-in.ts";
import { useLanguage } from "../../_language/language-context.tsx";
import { uiLocalesOf, withUiLocales } from "../../_language/ui-locales.ts";
import { FaultNotice } from "../../_parts/fault-notice.tsx";
import { secondFactorPath } from "../second-factor/second-factor-path.ts";
import { signIn as signInAction } from "./actions.ts";
import { Field } from "./field.tsx";
import { isPage } from "./is-page.ts";
import { loginFault } from "./login-fault.ts";
import { texts } from "./texts.ts";

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
  const router = useRouter();
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
      return router.replace(withUiLocales(secondFactorPath(last.handle, next), uiLocales) as Route);
    }
    if (last.step === "signed in")
      return isPage(next) ? router.replace(next as Route) : location.replace(next);
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
      <button type="submit" className="button w-full" aria-disabled={busy}>
        {words.steps[progress.step]}
      </button>
      <p role="status" className="sr-only">
        {busy && words.steps[progress.step]}
      </p>
    </form>
  );
}

function refusal(progress: SignInProgress): CallError | undefined {
  return progress.step === "refused" ? progress.error : undefined;
}

/** After a failure the focus goes to the first field that is at fault, else to the words about it. */
function useFocusOnFault(form: { current: HTMLFormElement | null }, fault: CallError | undefined): void {
  useEffect(() => {
    if (!fault) return;
    const field = form.current?.querySelector<HTMLElement>("[aria-invalid='true']");
    (field ?? form.current?.querySelector<HTMLElement>("[role='alert']"))?.focus();
  }, [form, fault]);
}
