import type { FlowPorts } from "../ports.ts";
import { offersOf } from "./self-service.ts";

/** What somebody who is signed in sees of their account. */
export type OwnAccount = {
  username: string;
  name: string;
  email: string | undefined;
  emailVerified: boolean;
  canChangePassword: boolean;
  canVerifyEmail: boolean;
};

/** Reads the account of a session's subject; of any directory. */
export async function ownAccount(ports: FlowPorts, subject: string): Promise<OwnAccount | undefined> {
  const [account, claims] = await Promise.all([
    ports.accounts.find(subject),
    ports.accounts.claimsOf(subject),
  ]);
  if (!account || !claims) return undefined;
  const email = typeof claims.email === "string" ? claims.email : undefined;
  const emailVerified = claims.email_verified === true;
  const offers = offersOf(ports);
  return {
    username: account.username,
    name: account.name,
    email,
    emailVerified,
    canChangePassword: offers.passwordChange,
    canVerifyEmail: offers.mail && email !== undefined && !emailVerified,
  };
}
