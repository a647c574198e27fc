import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  basic,
  clients,
  form,
  issuedTokens,
  openTestEngine,
  type TestEngine,
} from "../../../support/engine.ts";
import { expectNothingChanged, unknownClient, wrong } from "../../../support/refused-call.ts";

const { backend } = clients;

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const request = (secret: string) =>
  test.engine["auth/token"]({
    parameters: form({ grant_type: "client_credentials", scope: "profile" }),
    ...basic({ ...backend, secret }),
  });
const refused = { action: "INVALID_CLIENT", resultCode: "A157305" };
const refresh = (clientIdentifier: unknown = backend.id) =>
  test.engine["client/secret/refresh"]({ clientIdentifier: clientIdentifier as string });
const update = (clientSecret: unknown, clientIdentifier: unknown = backend.id) =>
  test.engine["client/secret/update"]({ clientIdentifier, clientSecret } as never);

describe("a secret", () => {
  it("is refreshed: the old one is worth nothing from then on", async () => {
    const answer = await refresh();
    expect(answer).toEqual({
      resultCode: "A148001",
      resultMessage: expect.stringMatching(/^\[A148001\] /),
      newClientSecret: expect.stringMatching(/^[\w-]{86}$/),
      oldClientSecret: backend.secret,
    });
    expect(await request(backend.secret)).toMatchObject(refused);
    expect(await request(answer.newClientSecret ?? "")).toMatchObject({ action: "OK" });
  });

  it("is chosen by the caller", async () => {
    const clientSecret = `a-B_9${"x".repeat(81)}`;
    expect(await update(clientSecret)).toEqual({
      resultCode: "A149001",
      resultMessage: expect.stringMatching(/^\[A149001\] /),
      newClientSecret: clientSecret,
      oldClientSecret: backend.secret,
    });
    expect(await request(backend.secret)).toMatchObject(refused);
    expect(await request(clientSecret)).toMatchObject({ action: "OK" });
  });

  it("stands in every answer that says it is new, however many refresh it at once", async () => {
    const answers = await Promise.all(Array.from({ length: 64 }, () => refresh()));
    const [first, ...olds] = answers.map(({ oldClientSecret }) => oldClientSecret).toSorted();
    expect(new Set([first, ...olds]).size).toBe(64);
    const { clientSecret } = await test.engine["client/get"]({ clientId: backend.id });
    expect(answers.map(({ newClientSecret }) => newClientSecret)).toContain(clientSecret);
  });

  it("leaves everything else of the client as it is", async () => {
    const before = await test.engine["client/get"]({ clientId: backend.id });
    test.clock.advance(1000);
    const { newClientSecret } = await refresh();
    expect(await test.engine["client/get"]({ clientId: backend.id })).toEqual({
      ...before,
      clientSecret: newClientSecret,
      modifiedAt: test.clock(),
    });
  });

  it.each([undefined, null, "", 7, "with space", "ü", "x".repeat(87), "a\n", "a+b", ["a"]])(
    "is not %j",
    async (secret) => {
      await expectNothingChanged(test, () => update(secret), { status: 400, resultCode: "A149601" });
    },
  );

  it.each([null, "", "999", "\u0000"])("is none of the client %j", async (identifier) => {
    await expectNothingChanged(test, () => refresh(identifier), unknownClient);
    await expectNothingChanged(test, () => update("chosen", identifier), unknownClient);
  });
});

describe("a lock", () => {
  const lock = (clientLocked: unknown, clientIdentifier: unknown = backend.id) =>
    test.engine["client/lock_flag/update"]({ clientIdentifier, clientLocked } as never);

  it("keeps a client and its tokens out until it is taken away", async () => {
    const { accessToken } = await issuedTokens(test.engine, { client: backend });
    const introspect = () => test.engine["auth/introspection"]({ token: accessToken });
    expect(await lock(true)).toEqual({
      resultCode: "A293001",
      resultMessage: expect.stringMatching(/^\[A293001\] /),
    });
    expect(await request(backend.secret)).toMatchObject({ resultCode: "A048307" });
    expect(await introspect()).toMatchObject({ usable: false });
    await lock(false);
    expect(await request(backend.secret)).toMatchObject({ action: "OK" });
    expect(await introspect()).toMatchObject({ usable: true });
  });

  it("can be put on twice", async () => {
    await lock(true);
    await lock(true);
    expect(await test.engine["client/get"]({ clientId: backend.id })).toMatchObject({ locked: true });
  });

  it.each([undefined, null, 0, 1, "true", ""])("is not taken away by %j", async (clientLocked) => {
    await lock(true);
    await expectNothingChanged(test, () => lock(clientLocked), wrong("clientLocked"));
  });

  it("is none of a client that there is not", async () => {
    await expectNothingChanged(test, () => lock(true, "999"), unknownClient);
  });
});
