import { CompactEncrypt } from "jose";
import { expect } from "vitest";
import { summary, type TestEngine } from "../../../support/engine.ts";
import { ask } from "../../../support/grants.ts";
import { makeKeys, signJwt } from "../../../support/jwt.ts";

export const grant_type = "urn:ietf:params:oauth:grant-type:token-exchange";
export const type = (name: string) => `urn:ietf:params:oauth:token-type:${name}`;
export const requestError = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_request" });

export type Call = NonNullable<Parameters<typeof ask>[2]>;
export type Claims = Record<string, unknown>;

/** Asks to exchange a token of a type, right in everything unless changed. */
export function exchange(
  test: TestEngine,
  [token, name]: readonly [token: string, name: string],
  call: Call = {},
) {
  return ask(test, { grant_type, subject_token: token, subject_token_type: type(name) }, call);
}

/** Checks that an exchange is refused, and that nothing came of it. */
export async function expectRefused(test: TestEngine, answer: Promise<object>, expected: object) {
  const before = [test.issued(), test.artifacts()];
  expect(summary(await answer)).toEqual(expected);
  expect([test.issued(), test.artifacts()]).toEqual(before);
}

/** The key of somebody the engine does not know. */
export const foreignKey = makeKeys("ES256");

/** A JWT of somebody the engine does not know. */
export async function foreignJwt(payload: Claims) {
  return signJwt((await foreignKey).privateKey, { header: { alg: "ES256" }, payload });
}

/** A JWT that only its reader can read. */
export function encryptedJwt() {
  return new CompactEncrypt(Buffer.from("secret"))
    .setProtectedHeader({ alg: "dir", enc: "A128GCM" })
    .encrypt(new Uint8Array(16));
}
