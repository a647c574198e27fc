import { afterAll, beforeAll, expect, it } from "vitest";
import { putCookiesRight } from "../../src/app/_guard/page-cookies.ts";
import { cookieRules } from "../../src/server/session/cookie.ts";
import { type Gate, ORIGIN, openGate } from "../support/gate.ts";

const { session, preSession } = cookieRules(ORIGIN);
const pre = `${preSession}=${"p".repeat(43)}`;

let gate: Gate;
let good: string;
beforeAll(async () => {
  gate = await openGate();
  const browser = gate.browser();
  await browser.signIn();
  good = `${session}=${browser.cookies.get(session)}`;
});
afterAll(() => gate.close());

const putRight = (header: string, sessions = gate.services.sessions) =>
  putCookiesRight({ ...gate.services, sessions }, { header, origin: ORIGIN });

it("leaves a good session cookie as it is", async () => {
  expect(await putRight(`${pre}; ${good}`)).toEqual({ header: `${pre}; ${good}`, setCookies: [] });
});

it("clears a session cookie that opens nothing, for the page and for the browser", async () => {
  const { header, setCookies } = await putRight(`${pre}; ${session}=${"x".repeat(43)}`);
  expect(header).toBe(pre);
  expect(setCookies).toEqual([expect.stringMatching(new RegExp(`^${session}=; .*Max-Age=0`))]);
});

it("makes a pre-session cookie where there is none", async () => {
  const { header, setCookies } = await putRight("");
  expect(setCookies).toEqual([expect.stringMatching(new RegExp(`^${preSession}=[\\w-]{43};`))]);
  expect(setCookies[0]).toContain(header);
});

it("keeps the session cookie while the store fails: nobody is signed out, and the page says what is wrong", async () => {
  const broken = { ...gate.services.sessions, find: () => Promise.reject(new Error("the disk is full")) };
  const cookies = await putRight(`${pre}; ${good}`, broken);
  expect(cookies).toEqual({ header: `${pre}; ${good}`, setCookies: [] });
});
