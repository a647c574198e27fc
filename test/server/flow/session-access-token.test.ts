import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { browserAccessToken } from "../../../src/server/flow/browser-access-token.ts";
import type { FlowPorts } from "../../../src/server/flow/ports.ts";
import { createKeyring } from "../../../src/server/secret/keyring.ts";
import { appRouter } from "../../../src/server/trpc/router.ts";
import { type Browser, freshValue, type Gate, openGate, secretOf } from "../../support/gate.ts";
import { failEngine, refusalOf, repairEngine, setService } from "./actors.ts";
import { accessTokenOf, isActive, refreshes, SESSION } from "./signed-in.ts";

let gate: Gate;
let browser: Browser;
beforeEach(async () => {
  gate = await openGate({ env: { TICKETGATE_SESSION_IDLE_SECONDS: "43200" } });
  browser = gate.browser();
  await browser.signIn();
});
afterEach(() => gate.close());

/** What the embedded service grants, and how long before its end a token is not used any more. */
const DURATION_MS = 3_600_000;
const MARGIN_MS = 30_000;

const token = () => accessTokenOf(gate, browser);
const isSignedIn = async () => (await browser.current()).data?.signedIn;
const letItEnd = () => gate.clock.advance(DURATION_MS - MARGIN_MS);

describe("the access token of a session", () => {
  it("is the one that was issued, as long as it is good for half a minute more", async () => {
    const first = await token();
    expect(await isActive(gate, first)).toBe(true);
    gate.clock.advance(DURATION_MS - MARGIN_MS - 1);
    expect(await token()).toBe(first);
    expect(refreshes(gate)).toBe(0);
  });

  it("is refreshed half a minute before it ends, and is the person's as before", async () => {
    const first = await token();
    letItEnd();
    const next = await token();
    expect(next).not.toBe(first);
    const told = await gate.server().token.introspect({ token: next });
    expect(told).toMatchObject({ action: "OK", subject: await gate.subject(), scopes: ["profile", "email"] });
    expect(await token()).toBe(next);
    expect(refreshes(gate)).toBe(1);
  });

  it("is refreshed again and again while the session lives", async () => {
    for (let times = 1; times <= 5; times++) {
      letItEnd();
      expect(await isActive(gate, await token())).toBe(true);
      expect(refreshes(gate)).toBe(times);
    }
  });

  it("is refreshed once for 32 calls at the same moment, and all get the same", async () => {
    letItEnd();
    const tokens = await Promise.all(Array.from({ length: 32 }, token));
    expect(new Set(tokens).size).toBe(1);
    expect(await isActive(gate, tokens[0] ?? "")).toBe(true);
    expect(refreshes(gate)).toBe(1);
  });

  it("is refreshed without one call waiting for another's lease in the same process", async () => {
    letItEnd();
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    const id = browser.cookies.get(SESSION);
    const call = () => browserAccessToken(gate.services, id, { sleep });
    await Promise.all(Array.from({ length: 32 }, call));
    expect(waits).toEqual([]);
  });

  it("ends later after a refresh, as the browser is told", async () => {
    letItEnd();
    await token();
    const { data } = await browser.call<{ expiresAt: Date }>("session.current", undefined, { method: "GET" });
    expect(data?.expiresAt).toEqual(new Date(gate.clock() + DURATION_MS));
  });
});

describe("there is no access token", () => {
  const unauthorized = { code: "UNAUTHORIZED", status: 401 };

  it.each([
    ["without a cookie", undefined],
    ["with an empty one", ""],
    ["with a corrupt one", "hello"],
    ["with that of nobody", freshValue()],
  ])("%s", async (_, value) => {
    if (value === undefined) browser.cookies.delete(SESSION);
    else browser.cookies.set(SESSION, value);
    expect(await refusalOf(token())).toMatchObject(unauthorized);
  });

  it("after signing out, and after the session has ended by itself", async () => {
    const id = browser.cookies.get(SESSION) ?? "";
    await browser.signOut();
    browser.cookies.set(SESSION, id);
    expect(await refusalOf(token())).toMatchObject(unauthorized);
    await browser.signIn();
    gate.clock.advance(43_200_000);
    expect(await refusalOf(token())).toMatchObject(unauthorized);
  });

  it("when the account is gone", async () => {
    const accounts = { ...gate.services.accounts, find: async () => undefined };
    expect(await refusalWith({ accounts })).toMatchObject(unauthorized);
  });

  it("when no key opens the tokens any more, and then there is no session", async () => {
    const { random } = gate.services;
    const keyring = createKeyring([secretOf("another")], { purpose: "session", random });
    expect(await refusalWith({ keyring })).toMatchObject(unauthorized);
    expect(await isSignedIn()).toBe(false);
  });

  it("when it has ended and the service gave no refresh token", async () => {
    await setService(gate, { supportedGrantTypes: ["PASSWORD"] });
    await browser.signIn();
    expect(await isActive(gate, await token())).toBe(true);
    letItEnd();
    expect(await refusalOf(token())).toMatchObject(unauthorized);
    expect(await isSignedIn()).toBe(false);
  });

  it("when the engine refuses the refresh, which ends the session and is in the audit trail", async () => {
    const first = await token();
    const { id, secret } = gate.services.settings.client;
    const parameters = new URLSearchParams({ token: first }).toString();
    await gate.services.authlete["auth/revocation"]({ parameters, clientId: id, clientSecret: secret });
    letItEnd();
    expect(await refusalOf(token())).toMatchObject(unauthorized);
    expect(await isSignedIn()).toBe(false);
    expect(gate.lines.some((line) => line.includes("audit.session_ended"))).toBe(true);
  });

  function refusalWith(changes: Partial<FlowPorts>) {
    const sleep = async () => {};
    return refusalOf(
      browserAccessToken({ ...gate.services, ...changes }, browser.cookies.get(SESSION), { sleep }),
    );
  }
});

describe("when the engine fails a refresh", () => {
  it.each(["cannot be reached", "answers with an action nobody knows", "says that it failed"] as const)(
    "the session is kept, and the next call need not wait: it %s",
    async (failure) => {
      letItEnd();
      failEngine(gate, "auth/token", failure);
      expect(await refusalOf(token())).toMatchObject({ code: "ENGINE_UNAVAILABLE" });
      expect(await isSignedIn()).toBe(true);
      repairEngine(gate);
      expect(await isActive(gate, await token())).toBe(true);
    },
  );

  it("after it did it, the spent refresh token ends the session at the next call", async () => {
    letItEnd();
    failEngine(gate, "auth/token", "did it and its answer is lost");
    expect(await refusalOf(token())).toMatchObject({ code: "ENGINE_UNAVAILABLE" });
    repairEngine(gate);
    expect(await refusalOf(token())).toMatchObject({ code: "UNAUTHORIZED" });
    expect(await isSignedIn()).toBe(false);
  });
});

describe("signing out during a refresh", () => {
  it("leaves no token that is good", async () => {
    letItEnd();
    const answers: { accessToken?: string }[] = [];
    gate.intercept(async ({ operation }, send) => {
      const answer = await send();
      if (operation === "auth/token") {
        answers.push(answer as { accessToken?: string });
        await browser.signOut();
      }
      return answer;
    });
    expect(await refusalOf(token())).toMatchObject({ code: "UNAUTHORIZED" });
    expect(answers).toHaveLength(1);
    expect(await isActive(gate, answers[0]?.accessToken ?? "")).toBe(false);
  });
});

it("is nothing that a browser can call", async () => {
  const names = Object.keys(appRouter._def.procedures).filter((name) => /access.?token/i.test(name));
  expect(names).toEqual([]);
  const reply = await browser.call("session.accessToken");
  expect(reply).toMatchObject({ status: 404, error: { code: "NOT_FOUND" } });
});
