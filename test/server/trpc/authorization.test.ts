import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Browser,
  backend as backendClient,
  clientCredentialsToken,
  type Gate,
  openGate,
} from "../../support/gate.ts";
import {
  browserInput,
  callInProcess,
  callOverHttp,
  methodOf,
  type Outcome,
  outcomeOf,
  type Procedure,
  procedures,
  validInput,
} from "./procedures.ts";

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());

type Row = Record<Procedure, Outcome>;

const browserRow: Row = {
  "login.password": "allowed",
  "token.issue": "allowed",
  "token.request": "UNAUTHORIZED",
  "token.fail": "UNAUTHORIZED",
  "token.introspect": "UNAUTHORIZED",
  "token.revoke": "UNAUTHORIZED",
  "session.current": "allowed",
  "session.signOut": "allowed",
};
const callerRow: Row = {
  "login.password": "FORBIDDEN",
  "token.issue": "allowed",
  "token.request": "allowed",
  "token.fail": "allowed",
  "token.introspect": "allowed",
  "token.revoke": "allowed",
  "session.current": "FORBIDDEN",
  "session.signOut": "FORBIDDEN",
};
const refusedRow = Object.fromEntries(procedures.map((name) => [name, "UNAUTHORIZED"])) as Row;
const nobodyRow: Row = {
  ...(Object.fromEntries(procedures.map((name) => [name, "CROSS_SITE_REFUSED"])) as Row),
  "session.current": "allowed",
};

const rowsOf = (row: Row) => procedures.map((procedure) => [procedure, row[procedure]] as const);

/** No page, no cookie, no token. */
const noPage = { origin: null, "sec-fetch-site": null };

/** Callers who send an Authorization header that makes them nobody. */
const strangers: Record<string, () => Promise<string> | string> = {
  "a bearer that no engine knows": () => "Bearer 0123456789abcdef0123456789abcdef",
  "an empty bearer": () => "Bearer ",
  "two bearers in one header": () => "Bearer one two",
  "a bearer without the scope token:issue": async () =>
    `Bearer ${await clientCredentialsToken(gate.services, { ...backendClient, scope: "profile" })}`,
  "the token of a person, even with the scope token:issue": async () => {
    const backend = await gate.backend();
    const ticket = await backend.ticket("token:issue");
    const { data } = await backend.call<{ accessToken: string }>("token.issue", { ticket, subject: "usr_1" });
    return `Bearer ${data?.accessToken}`;
  },
  "the refresh token of a back end's user": async () => {
    const backend = await gate.backend();
    const ticket = await backend.ticket("token:issue");
    const { data } = await backend.call<{ refreshToken: string }>("token.issue", {
      ticket,
      subject: "usr_1",
    });
    return `Bearer ${data?.refreshToken}`;
  },
  "the token of a back end that was revoked": async () => {
    const token = await clientCredentialsToken(gate.services, backendClient);
    const parameters = new URLSearchParams({ token }).toString();
    const { id: clientId, secret: clientSecret } = backendClient;
    await gate.server().token.revoke({ parameters, clientId, clientSecret });
    return `Bearer ${token}`;
  },
  "Basic with the credentials of a back end": () =>
    `Basic ${btoa(`${backendClient.id}:${backendClient.secret}`)}`,
  "another scheme": async () => `DPoP ${(await gate.backend()).token}`,
};

/** What the engine was asked during a call. */
async function asked(call: () => Promise<unknown>): Promise<string[]> {
  const before = gate.calls.length;
  await call();
  return gate.calls.slice(before).map(({ operation }) => operation);
}

async function expectUntouched(procedure: Procedure, input: unknown, signedIn: Browser): Promise<void> {
  expect(await signedIn.current()).toMatchObject({ data: { signedIn: true } });
  if (procedure !== "token.issue" && procedure !== "token.fail") return;
  const { ticket } = input as { ticket: string };
  const issued = await (await gate.backend()).call("token.issue", { ticket, subject: "usr_1" });
  expect(issued).toMatchObject({ status: 200, data: { subject: "usr_1" } });
}

describe("over HTTP", () => {
  it.each(rowsOf(browserRow))("a browser calls %s: %s", async (procedure, expected) => {
    const browser = gate.browser();
    await browser.signIn();
    const input = await browserInput(gate, browser, procedure);
    const method = methodOf(procedure);
    const operations = await asked(async () => {
      expect(outcomeOf(await browser.call(procedure, input, { method }))).toBe(expected);
    });
    if (expected === "allowed") return;
    expect(operations).toEqual([]);
    await expectUntouched(procedure, input, browser);
  });

  it.each(rowsOf(callerRow))("a back end calls %s: %s", async (procedure, expected) => {
    const signedIn = gate.browser();
    await signedIn.signIn();
    const { token } = await gate.backend();
    const headers = { ...noPage, authorization: `Bearer ${token}`, cookie: cookieHeader(signedIn) };
    const input = await validInput(gate, procedure);
    const reply = await callOverHttp(gate, procedure, { input, headers });
    expect(outcomeOf(reply)).toBe(expected);
    expect(await signedIn.current()).toMatchObject({ data: { signedIn: true } });
  });

  it.each(rowsOf(nobodyRow))("a program without page and token calls %s: %s", async (procedure, expected) => {
    const input = await validInput(gate, procedure);
    const operations = await asked(async () => {
      const reply = await callOverHttp(gate, procedure, { input, headers: noPage });
      expect(outcomeOf(reply)).toBe(expected);
    });
    expect(operations).toEqual([]);
  });

  describe.each(Object.entries(strangers))("%s, beside the cookies of somebody signed in", (_, header) => {
    it.each(rowsOf(refusedRow))("calls %s: %s", async (procedure, expected) => {
      const signedIn = gate.browser();
      await signedIn.signIn();
      const headers = { authorization: await header(), cookie: cookieHeader(signedIn) };
      const input = await validInput(gate, procedure);
      const operations = await asked(async () => {
        expect(outcomeOf(await callOverHttp(gate, procedure, { input, headers }))).toBe(expected);
      });
      expect(operations.filter((operation) => operation !== "auth/introspection")).toEqual([]);
      await expectUntouched(procedure, input, signedIn);
    });
  });

  it("a browser that has not begun a sign-in cannot finish one", async () => {
    const input = await validInput(gate, "token.issue");
    expect(outcomeOf(await callOverHttp(gate, "token.issue", { input }))).toBe("TICKET_INVALID");
    await expectTicketGood(input);
  });

  it("a browser cannot use a back end's ticket with a cookie of its own sign-in", async () => {
    const browser = gate.browser();
    await browser.login();
    const input = await validInput(gate, "token.issue");
    expect(outcomeOf(await browser.call("token.issue", input))).toBe("TICKET_INVALID");
    await expectTicketGood(input);
  });
});

describe("in process", () => {
  it.each(rowsOf(callerRow))("code of this process calls %s: %s", async (procedure, expected) => {
    const input = await validInput(gate, procedure);
    const { outcome } = await callInProcess(gate.server(), procedure, input);
    expect(outcome).toBe(expected);
  });

  it.each(rowsOf(browserRow))("a browser, through a page, calls %s: %s", async (procedure, expected) => {
    const browser = gate.browser();
    await browser.signIn();
    const input = await browserInput(gate, browser, procedure);
    const { outcome } = await callInProcess(browser.inProcess(), procedure, input);
    expect(outcome).toBe(expected);
  });
});

async function expectTicketGood(input: unknown): Promise<void> {
  const reply = await (await gate.backend()).call("token.issue", input);
  expect(reply).toMatchObject({ status: 200, data: { action: "OK" } });
}

function cookieHeader(browser: Browser): string {
  return [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}
