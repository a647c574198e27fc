import type { Secret } from "../../../src/server/secret/secret.ts";

/** A button's action that keeps what the page knew: it travels to the browser and back. */
export function revokeButton(token: Secret, revoke: (token: string) => Promise<void>) {
  return async () => {
    "use server";
    await revoke(token.reveal());
  };
}
