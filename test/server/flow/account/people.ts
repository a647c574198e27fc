import { vi } from "vitest";
import type { Registration } from "../../../../src/server/flow/account/registration.ts";
import { demo, type Gate } from "../../../support/gate.ts";

/** The address of the gate's person, and a password that is none of theirs. */
export const alice = { ...demo, email: "demo@example.com" };
export const NEW_PASSWORD = "plum tractor sings";

/** A registration that is good; a test spoils one thing in it. */
export function registration(changes: Partial<Registration> = {}): Registration {
  return {
    username: "bob",
    name: "Bob Example",
    email: "bob@example.com",
    password: NEW_PASSWORD,
    next: "/account",
    language: "en",
    ...changes,
  };
}

/** The mails of a gate, newest first, once there are `count` of them. */
export async function mailsOf({ services }: Pick<Gate, "services">, count = 1) {
  return vi.waitFor(() => {
    const mails = services.mailbox?.mails() ?? [];
    if (mails.length < count) throw new Error(`${mails.length} mails so far`);
    return mails;
  });
}

/** The value of the newest link that was mailed. */
export async function mailedToken(gate: Pick<Gate, "services">, count = 1): Promise<string> {
  const [mail] = await mailsOf(gate, count);
  const token = /\/(?:register|reset|verify)\/([\w-]{43})(?:\?ui_locales=\w+)$/m.exec(mail?.text ?? "")?.[1];
  if (token === undefined) throw new Error(`no link in: ${mail?.text}`);
  return token;
}
