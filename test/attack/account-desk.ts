import { vi } from "vitest";
import type { FormState } from "../../src/app/_account/form-state.ts";
import { confirm } from "../../src/app/(interaction)/register/[token]/actions.ts";
import { register } from "../../src/app/(interaction)/register/actions.ts";
import { chooseNewPassword } from "../../src/app/(interaction)/reset/[token]/actions.ts";
import { requestReset } from "../../src/app/(interaction)/reset/actions.ts";
import { change as changePassword } from "../../src/app/account/actions.ts";
import { makeFormToken } from "../../src/app/bridge.ts";
import type { FormPurpose } from "../../src/server/session/form-token.ts";
import { demo, type Gate } from "../support/gate.ts";
import type { AttackedBrowser } from "../support/naive/gate.ts";
import { pageRequest } from "./page-request.ts";
import { pages } from "./pages.ts";

/** The address of the gate's person. */
export const ADDRESS = "demo@example.com";
export const NEW_PASSWORD = "plum tractor sings";

/** A registration as a person fills it in. */
export const newcomer = { username: "bob", name: "Bob", email: "bob@example.com", password: NEW_PASSWORD };

/** A change of the password as a person fills it in. */
export const change = { current: demo.password, password: NEW_PASSWORD };

/** Where people get accounts and new passwords, as an attacker reaches it: forms, and the mail of their own. Answers are texts. */
export type AccountDesk = {
  gate: Pick<Gate, "services" | "browser" | "subject">;
  /** Lets milliseconds pass. */
  wait(milliseconds: number): void;
  mails(): readonly { to: string; text: string }[];
  register(form: typeof newcomer): Promise<string>;
  /** `host`: what the request says it was sent to. */
  askForLink(form: { email: string; host: string }): Promise<string>;
  followLink(token: string, password: string): Promise<string>;
  /** Follows the link of a registration, and types the password that was chosen then. */
  confirm(token: string, password: string): Promise<string>;
  /** Sends the form for another password from the browser of who is signed in; `forged`: with what stands in the place of its token. */
  changePassword(browser: AttackedBrowser, form: typeof change, forged?: string): Promise<string>;
  close(): Promise<void>;
};

/** Ours, through the server actions that the forms of the pages call. */
export async function openDesk(options: Parameters<typeof pages.ours>[0] = {}): Promise<AccountDesk> {
  const { forms, ...gate } = await pages.ours(options);
  const send = async (
    purpose: FormPurpose,
    action: (previous: FormState, form: FormData) => Promise<FormState>,
    members: Record<string, string>,
    browser = gate.browser(),
  ) => {
    await forms.open(browser, "login");
    const form = new FormData();
    for (const [name, value] of Object.entries({ formToken: await makeFormToken(purpose), ...members }))
      form.set(name, value);
    return shown(action({}, form));
  };
  return {
    gate: gate as unknown as AccountDesk["gate"],
    wait: (milliseconds) => gate.clock.advance(milliseconds),
    mails: () => gate.services.mailbox?.mails() ?? [],
    register: (form) => send("register", register, { ...form, next: "/" }),
    async askForLink({ email, host }) {
      pageRequest.headers = new Headers({ host, "x-forwarded-host": host });
      const answer = await send("reset-request", requestReset, { email });
      pageRequest.headers = new Headers();
      return answer;
    },
    followLink: (token, password) => send("reset", chooseNewPassword, { token, password }),
    confirm: (token, password) => send("register-confirm", confirm, { token, password }),
    changePassword: (browser, form, forged) =>
      send(
        "password-change",
        changePassword,
        { ...form, ...(forged === undefined ? {} : { formToken: forged }) },
        browser,
      ),
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
export async function linkTo(
  desk: AccountDesk,
  address: string,
  { count = 1, page = "reset" } = {},
): Promise<string> {
  const mine = await vi.waitFor(() => {
    const found = desk.mails().filter(({ to }) => to === address);
    if (found.length < count) throw new Error(`${found.length} mails to ${address}`);
    return found;
  });
  const link = new RegExp(`https://\\S+/${page}/([\\w-]{43})`);
  const links = mine.map(({ text }) => link.exec(text)?.[1]);
  return links.find((link) => link !== undefined) ?? "";
}

/** Whether a password signs the gate's person in. */
export async function opens({ gate }: AccountDesk, password: string): Promise<boolean> {
  return (await gate.browser().login(demo.username, password)).status === 200;
}
