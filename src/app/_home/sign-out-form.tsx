import { signOut } from "../sign-out.ts";

/**
 * Ends the session. A form, so it works without JavaScript.
 *
 * @param props.formToken proves that the form came from this server to this browser.
 */
export function SignOutForm({ formToken }: { formToken: string }) {
  return (
    <form action={signOut}>
      <input type="hidden" name="formToken" value={formToken} />
      <button type="submit" className="button button-quiet w-full">
        Sign out
      </button>
    </form>
  );
}
