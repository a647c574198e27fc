import type { Language } from "../_language/language.ts";
import { signOut } from "../sign-out.ts";
import { texts } from "./texts.ts";

/**
 * Ends the session. A form, so it works without JavaScript.
 *
 * @param props.formToken proves that the form came from this server to this browser.
 */
export function SignOutForm({ formToken, language }: { formToken: string; language: Language }) {
  return (
    <form action={signOut}>
      <input type="hidden" name="formToken" value={formToken} />
      <button type="submit" className="button button-quiet w-full">
        {texts[language].signOut}
      </button>
    </form>
  );
}
