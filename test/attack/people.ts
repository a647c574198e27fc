import { addAccount } from "../../src/server/account/add-account.ts";
import { demo } from "../support/gate.ts";
import type { AttackedBrowser, AttackedGate } from "../support/naive/gate.ts";

/** Somebody with an account. */
export type Person = { username: string; password: string; subject: string };

/** What a browser holds after the password and before the token. */
export type Begun = { handle: string; subject: string };

/** The one who is attacked. */
export async function victimOf(gate: Pick<AttackedGate, "subject">): Promise<Person> {
  return { ...demo, subject: await gate.subject() };
}

/** The attacker, who has an account like everybody. */
export async function attackerOf({ services }: Pick<AttackedGate, "services">): Promise<Person> {
  const account = { username: "mallory", password: "an account of mallory" };
  const ports = { accounts: services.store.accounts, clock: services.clock, random: services.random };
  return { ...account, subject: await addAccount(ports, account) };
}

/** Types the password of a person at a browser. */
export async function begin(browser: AttackedBrowser, { username, password }: Person): Promise<Begun> {
  const { data, text } = await browser.login(username, password);
  if (!data) throw new Error(`no sign-in was begun: ${text}`);
  return data;
}

/** Who is signed in at a browser. */
export async function signedInAs(browser: AttackedBrowser): Promise<string | undefined> {
  const { data } = await browser.current();
  return data?.signedIn ? (data as unknown as { subject: string }).subject : undefined;
}
