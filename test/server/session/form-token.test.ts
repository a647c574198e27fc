import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  consumeFormToken,
  createFormToken,
  type FormPurpose,
} from "../../../src/server/session/form-token.ts";
import { newValue } from "../../../src/server/session/value.ts";
import { keyringOf, openPorts, type Ports } from "./ports.ts";

let ports: Ports;
let preSession: string;
beforeEach(async () => {
  ports = await openPorts();
  preSession = newValue(ports.random);
});
afterEach(() => ports.store.close());

const LIFETIME_MS = 1_800_000;

const create = (purpose: FormPurpose = "login") => createFormToken(ports, purpose, preSession);
const consume = (token: string, changes: { purpose?: FormPurpose; preSession?: string | undefined } = {}) =>
  consumeFormToken(ports, changes.purpose ?? "login", { token, preSession, ...changes });

describe("a form token", () => {
  it("is good once", async () => {
    const token = create();
    expect(await consume(token)).toBe(true);
    expect(await consume(token)).toBe(false);
  });

  it("is good for one of 32 at the same moment", async () => {
    const token = create();
    const answers = await Promise.all(Array.from({ length: 32 }, () => consume(token)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it("does not use up another of the same browser", async () => {
    const [first, second] = [create(), create()];
    expect(await consume(first)).toBe(true);
    expect(await consume(second)).toBe(true);
  });

  it("is nothing in another browser, and stays good in its own", async () => {
    const token = create();
    expect(await consume(token, { preSession: newValue(ports.random) })).toBe(false);
    expect(await consume(token, { preSession: undefined })).toBe(false);
    expect(await consume(token, { preSession: "" })).toBe(false);
    expect(await consume(token)).toBe(true);
  });

  it("is nothing in another form, and stays good in its own", async () => {
    const token = create("sign-out");
    expect(await consume(token, { purpose: "login" })).toBe(false);
    expect(await consume(token, { purpose: "sign-out" })).toBe(true);
  });

  it("is good until the millisecond before half an hour has passed", async () => {
    const [first, second] = [create(), create()];
    ports.clock.advance(LIFETIME_MS - 1);
    expect(await consume(first)).toBe(true);
    ports.clock.advance(1);
    expect(await consume(second)).toBe(false);
  });

  it("is nothing after that even where nothing remembers what was used", async () => {
    const forgetful = { ...ports, nonces: { consume: async () => true } };
    const token = create();
    expect(await consumeFormToken(forgetful, "login", { token, preSession })).toBe(true);
    ports.clock.advance(LIFETIME_MS);
    expect(await consumeFormToken(forgetful, "login", { token, preSession })).toBe(false);
  });

  it("stays used until then, whatever is cleaned up meanwhile", async () => {
    const token = create();
    await consume(token);
    ports.clock.advance(LIFETIME_MS - 1);
    await ports.store.removeExpired(ports.clock(), 1_000);
    expect(await consume(token)).toBe(false);
  });

  it("cannot be made without the key", async () => {
    const foreign = createFormToken({ ...ports, keyring: keyringOf("another") }, "login", preSession);
    expect(await consume(foreign)).toBe(false);
  });

  it("is nothing once a character of it is changed", async () => {
    const token = create();
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 2), async (at) => {
        const other = token[at] === "A" ? "B" : "A";
        expect(await consume(token.slice(0, at) + other + token.slice(at + 1))).toBe(false);
      }),
    );
    expect(await consume(token)).toBe(true);
  });

  it("is not any text, and no text is a fault", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.option(fc.string({ unit: "binary" }), { nil: undefined }),
        async (token, other) => {
          expect(await consume(token)).toBe(false);
          expect(await consume(create(), { preSession: other })).toBe(false);
        },
      ),
    );
  });
});
