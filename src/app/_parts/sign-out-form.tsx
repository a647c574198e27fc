"use client";

import { type FormEvent, useActionState } from "react";
import { signOut } from "../sign-out.ts";

/**
 * Ends the session. A form, so it works without JavaScript; with it the browser loads the next page anew, under a policy of its own.
 *
 * @param props.formToken proves that the form came from this server to this browser.
 * @param props.question what the person is asked, as it stands in the address.
 */
export function SignOutForm({
  formToken,
  question,
  label,
  className,
}: {
  formToken: string;
  question?: string | undefined;
  label: string;
  className: string;
}) {
  const [, action] = useActionState(signOut, undefined);

  // The page, and this form with it, is gone as soon as the session is: what follows must not depend on it.
  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const { goTo } = await signOut(undefined, new FormData(event.currentTarget));
    location.assign(goTo);
  }

  return (
    <form action={action} onSubmit={(event) => void submit(event)}>
      <input type="hidden" name="formToken" value={formToken} />
      {question !== undefined && <input type="hidden" name="question" value={question} />}
      <button type="submit" className={className}>
        {label}
      </button>
    </form>
  );
}
