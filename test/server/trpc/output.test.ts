import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { issueToBrowser } from "../../../src/server/trpc/issue-to-browser.ts";
import { type Gate, type Intercept, openGate } from "../../support/gate.ts";
import { callInProcess, type Procedure, validInput } from "./procedures.ts";

vi.mock("../../../src/server/trpc/issue-to-browser.ts", { spy: true });

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterEach(() => {
  gate.intercept((_, send) => send());
  vi.mocked(issueToBrowser).mockReset();
});
afterAll(() => gate.close());

/** Stands in every member that no contract knows. */
const CANARY = "canary-5b0e77aa";

/** An engine that says more than the contract knows, at the top and inside. */
const talkative: Intercept = async (_, send) => {
  const answer = (await send()) as Record<string, unknown>;
  const rows = (member: string) =>
    Array.isArray(answer[member])
      ? { [member]: (answer[member] as object[]).map((row) => ({ ...row, internalNote: CANARY })) }
      : {};
  return {
    ...answer,
    ...rows("properties"),
    ...rows("clientAttributes"),
    internalNote: CANARY,
    cnf: { CANARY },
  };
};

const issuedMembers = ["action", "subject", "clientId", "scopes", "expiresAt"];

describe("a browser learns of token.issue only what the list says", () => {
  it.each([
    ["the engine answers as it does", undefined],
    ["the engine says more", talkative],
  ])("over HTTP, %s", async (_, intercept) => {
    const browser = gate.browser();
    const begun = await browser.login();
    expect(Object.keys(begun.data ?? {})).toEqual(["handle", "subject", "next"]);
    if (intercept) gate.intercept(intercept);
    const input = { ticket: begun.data?.handle, subject: begun.data?.subject };
    const reply = await browser.call<Record<string, unknown>>("token.issue", input);
    expect(reply.status).toBe(200);
    expect(Object.keys(reply.data ?? {}).toSorted()).toEqual(issuedMembers.toSorted());
    expect(reply.data?.expiresAt).toBeInstanceOf(Date);
    expect(reply.text).not.toContain(CANARY);
    expect(reply.text).not.toMatch(/token"|responseContent|ticket/i);
  });

  it("in process", async () => {
    gate.intercept(talkative);
    const browser = gate.browser();
    const { data } = await browser.login();
    const issued = await browser
      .inProcess()
      .token.issue({ ticket: data?.handle ?? "", subject: data?.subject ?? "" });
    expect(Object.keys(issued).toSorted()).toEqual(issuedMembers.toSorted());
  });

  it("the time is the engine's, to the millisecond", async () => {
    let expiresAt: unknown;
    gate.intercept(async ({ operation }, send) => {
      const answer = (await send()) as Record<string, unknown>;
      if (operation === "auth/token/issue") expiresAt = answer.accessTokenExpiresAt;
      return answer;
    });
    const reply = (await gate.browser().signIn()) as { data?: { expiresAt: Date } };
    expect(reply.data?.expiresAt.getTime()).toBe(expiresAt);
  });
});

describe("a resolver that gives a browser more than the list says is refused at run time", () => {
  /** What `auth/token/issue` says when all is well, in place of what a browser may know. */
  const fullAnswer = {
    action: "OK",
    subject: "usr_1",
    clientId: 1001,
    scopes: ["profile"],
    accessToken: CANARY,
    accessTokenExpiresAt: 1,
    responseContent: `{"access_token":"${CANARY}"}`,
  } as const;
  const listed = {
    action: "OK",
    subject: "usr_1",
    clientId: "1001",
    scopes: [],
    expiresAt: new Date(1),
  } as const;
  const answers = {
    "the engine's full answer": { ...fullAnswer },
    "the full answer of a back end": { ...listed, accessToken: CANARY, responseContent: CANARY },
    "one member more": { ...listed, refreshToken: CANARY },
  } as const;

  it.each(Object.entries(answers))("%s", async (_, answer) => {
    vi.mocked(issueToBrowser).mockResolvedValue(answer as never);
    const reply = await gate.browser().call("token.issue", { ticket: "t", subject: "usr_1" });
    expect(reply).toMatchObject({ status: 500, error: { code: "INTERNAL_ERROR" } });
    expect(reply.text).not.toContain(CANARY);
    const { token } = gate.browser().inProcess();
    await expect(token.issue({ ticket: "t", subject: "usr_1" })).rejects.toMatchObject({
      cause: { code: "INTERNAL_ERROR" },
    });
  });

  it("what the list says passes", async () => {
    vi.mocked(issueToBrowser).mockResolvedValue(listed as never);
    const reply = await gate.browser().call("token.issue", { ticket: "t", subject: "usr_1" });
    expect(reply).toMatchObject({ status: 200, data: listed });
  });
});

it("session.current holds who is signed in, and no token", async () => {
  gate.intercept(talkative);
  const browser = gate.browser();
  await browser.signIn();
  const reply = await browser.current();
  expect(Object.keys(reply.data ?? {}).toSorted()).toEqual(
    [
      "signedIn",
      "subject",
      "username",
      "name",
      "clientId",
      "scopes",
      "expiresAt",
      "sessionExpiresAt",
      "trip",
    ].toSorted(),
  );
  expect(reply.data).toMatchObject({ expiresAt: expect.any(Date), sessionExpiresAt: expect.any(Date) });
  expect(reply.text).not.toContain(CANARY);
});

describe("a back end gets the full answer of the engine, and nothing beyond the contract", () => {
  it("token.issue", async () => {
    const backend = await gate.backend();
    const ticket = await backend.ticket("profile");
    gate.intercept(talkative);
    const properties = [{ key: "k", value: "v", hidden: true }];
    const reply = await backend.call<Record<string, unknown>>("token.issue", {
      ticket,
      subject: "usr_1",
      properties,
    });
    expect(reply.data).toMatchObject({
      action: "OK",
      subject: "usr_1",
      clientId: "2001",
      scopes: ["profile"],
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresAt: expect.any(Date),
      accessTokenDuration: 3600,
      responseContent: expect.any(String),
      resultCode: expect.any(String),
      properties,
    });
    expect(reply.text).not.toContain(CANARY);
  });

  const others: Procedure[] = ["token.request", "token.fail", "token.introspect", "token.revoke"];
  it.each(others)("%s, over HTTP and in process", async (procedure) => {
    const backend = await gate.backend();
    const [first, second] = [await validInput(gate, procedure), await validInput(gate, procedure)];
    gate.intercept(talkative);
    const reply = await backend.call(procedure, first);
    expect(reply).toMatchObject({ status: 200, data: { action: expect.any(String) } });
    expect(reply.text).not.toContain(CANARY);
    const { outcome, data } = await callInProcess(gate.server(), procedure, second);
    expect(outcome).toBe("allowed");
    expect(JSON.stringify(data)).not.toContain(CANARY);
  });

  it("times of an introspection are dates", async () => {
    const backend = await gate.backend();
    const reply = await backend.call("token.introspect", { token: backend.token });
    expect(reply.data).toMatchObject({ action: "OK", expiresAt: expect.any(Date), usable: true });
  });
});
