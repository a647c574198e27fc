import type { AttackedForms } from "../../attack/pages.ts";
import type { AttackedBrowser } from "./gate.ts";

/** Server actions that call the procedures in the name of the browser, and leave the rest to Next. */
export function createNaiveForms(): AttackedForms {
  return {
    open: async () => ({}),
    async send(browser, form, members) {
      const reply = form === "login" ? await signIn(browser, members) : await browser.signOut();
      return reply.data ? undefined : "BAD_REQUEST";
    },
  };
}

/** What the form has goes into the calls, whatever it is. */
async function signIn(browser: AttackedBrowser, { username, password, ...rest }: Record<string, string>) {
  const { data } = await browser.login(username, password);
  return browser.call("token.issue", { ticket: data?.handle, subject: data?.subject, ...rest });
}
