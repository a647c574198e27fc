import type { AttackedForms } from "../../attack/pages.ts";

/** Server actions that call the procedures in the name of the browser, and leave the rest to Next. */
export function createNaiveForms(): AttackedForms {
  return {
    open: async () => ({}),
    async send(browser, form, { username, password }) {
      const reply = form === "login" ? await browser.signIn(username, password) : await browser.signOut();
      return reply.data ? undefined : "BAD_REQUEST";
    },
  };
}
