"use client";

import { useActionState, useEffect } from "react";
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
  const [sent, action] = useActionState(signOut, undefined);
  useEffect(() => {
    if (sent) location.assign(sent.goTo);
  }, [sent]);
  return (
    <form action={action}>
      <input type="hidden" name="formToken" value={formToken} />
      {question !== undefined && <input type="hidden" name="question" value={question} />}
      <button type="submit" className={className}>
        {label}
      </button>
    </form>
  );
}
