import { makeFormToken } from "../../src/app/bridge.ts";
import type { Services } from "../../src/server/services.ts";
import type { FormPurpose } from "../../src/server/session/form-token.ts";
import { pageRequest } from "./page-request.ts";

/** A browser of a gate, as far as server actions see it. */
type Sender = { cookies: Map<string, string> };

/** Server actions find these services from now on. */
export function serveActions(services: Services): void {
  (globalThis as { [name: symbol]: unknown })[Symbol.for("ticketgate.services")] = Promise.resolve(services);
}

/** The token of a form on a page that a browser has opened. */
export function formTokenFor({ cookies }: Sender, purpose: FormPurpose): Promise<string> {
  pageRequest.cookies = cookies;
  return makeFormToken(purpose);
}

/**
 * Sends a form to a server action.
 *
 * @returns the path that it leads to; a text that tells what the form shows where it leads nowhere.
 */
export async function sendForm(
  { cookies }: Sender,
  action: (form: FormData) => Promise<unknown>,
  members: Record<string, string>,
): Promise<string> {
  pageRequest.cookies = cookies;
  const form = new FormData();
  for (const [name, value] of Object.entries(members)) form.set(name, value);
  try {
    return JSON.stringify((await action(form)) ?? {});
  } catch (error) {
    const [kind, , path] = String((error as { digest?: string }).digest).split(";");
    if (kind === "NEXT_REDIRECT" && path !== undefined) return path;
    throw error;
  }
}
