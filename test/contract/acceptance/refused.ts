import { expect } from "vitest";
import { oauthErrorIn } from "../oauth-error.ts";

/**
 * Expects an answer to refuse, and to carry nothing. Result codes are for logs, and differ between releases of the API: what a client
 * application sees is the action and the OAuth error.
 */
export function expectRefusal(answer: { action: string }, action: string, error: string): void {
  expect({ action: answer.action, error: oauthErrorIn(answer) }).toEqual({ action, error });
  for (const name of [
    "ticket",
    "authorizationCode",
    "accessToken",
    "refreshToken",
    "idToken",
    "requestUri",
  ]) {
    expect(answer).not.toHaveProperty(name);
  }
}
