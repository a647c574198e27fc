import { vi } from "vitest";
import type { FormState } from "../../src/app/_account/form-state.ts";
import { register } from "../../src/app/(interaction)/register/actions.ts";
import { chooseNewPassword } from "../../src/app/(interaction)/reset/[token]/actions.ts";
import { requestReset } from "../../src/app/(interaction)/reset/actions.ts";
import { makeFormToken } from "../../src/app/bridge.ts";
import type { FormPurpose } from "../../src/server/session/form-token.ts";
import { demo, type Gate } from "../support/gate.ts";
import { pageRequest } from "./page-request.ts";
import { pages } from "./pages.ts";

/** The address of the gate's person. */
export const ADDRESS = "demo@example.com";
export const NEW_PASSWORD = "plum tractor sings";

/** A registration as a person fills it in. */
export const newcomer = { username: "bob", name: "Bob", email: "bob@example.com", password: NEW_PASSWORD };

/** Where people get accounts and new passwords, as an attacker reaches it: forms, and the mail of their own. Answers are texts. */
export type AccountDesk = {
  gate: Pick<Gate, "services" | "browser" | "subject">;
  mails(): readonly { to: string; text: string }[];
  register(form: typeof newcomer): Promise<string>;
  /** `host`: what the request says it was sent to. */
  askForLink(form: { email: string; host: string }): Promise<string>;
  followLink(token: string, password: string): Promise<string>;
  close(): Promise<void>;
};

/** Ours, through the server actions that the forms of the pages call. */
export async function openDesk(): Promise<AccountDesk> {
  const { forms, ...gate } = await pages.ours();
  const browser = gate.browser();
  const send = async (
    purpose: FormPurpose,
    action: (previous: FormState, form: FormData) => Promise<FormState>,
    members: Record<string, string>,
  ) => {
    await forms.open(browser, "login");
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...members, formToken: await makeFormToken(purpose) }))
      form.set(name, value);
    return shown(action({}, form));
  };
  return {
    gate: gate as unknown as AccountDesk["gate"],
    mails: () => gate.services.mailbox?.mails() ?? [],
    register: (form) => send("register", register, { ...form, next: "/" }),
    async askForLink({ email, host }) {
      pageRequest.headers = new Headers({ host, "x-forwarded-host": host });
      const answer = await send("reset-request", requestReset, { email });
      pageRequest.headers = new Headers();
      return answer;
    },
    followLink: (token, password) => send("reset", chooseNewPassword, { token, password }),
    close: async () => gate.close(),
  };
}

/** What a browser sees of an answer: where it is sent, or what the form says, without the form's next token. */
async function shown(answer: Promise<FormState>): Promise<string> {
  try {
    const { formToken: _, values: __, ...state } = await answer;
    return JSON.stringify(state);
  } catch (error) {
    return String((error as { digest?: string }).digest);
  }
}

/** The value of the newest link in the mail of an address, once there are `count` mails to it. */
export async function linkTo(desk: AccountDesk, address: string, count = 1): Promise<string> {
  const mine = await vi.waitFor(() => {
    const found = desk.mails().filter(({ to }) => to === address);
    if (found.length < count) throw new Error(`${found.length} mails to ${address}`);
    return found;
  });
  const links = mine.map(({ text }) => /https:\/\/\S+\/reset\/([\w-]{43})/.exec(text)?.[1]);
  return links.find((link) => link !== undefined) ?? "";
}

/** Whether a password signs the gate's person in. */
export async function opens({ gate }: AccountDesk, password: string): Promise<boolean> {
  return (await gate.browser().login(demo.username, password)).status === 200;
}
