import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EngineUnavailable } from "../../src/server/authlete/error.ts";
import { hashOf } from "../../src/server/secret/hash.ts";
import { cookieRules } from "../../src/server/session/cookie.ts";
import { interactionCookie } from "../../src/server/session/interaction.ts";
import {
  type Answer,
  type AuthorizationGate,
  handleOf,
  openAuthorizationGate,
  ownPage,
  responseIn,
  type Visitor,
} from "../support/authorization-gate.ts";
import { ORIGIN } from "../support/gate.ts";

let gate: AuthorizationGate;
let alice: Visitor;
let handle: string;

beforeEach(async () => {
  gate = await openAuthorizationGate();
  alice = await gate.person();
  gate.clock.advance(1_000);
  handle = await alice.begin(gate.request());
});

afterEach(() => gate.close());

const issued = () => gate.callsOf("auth/authorization/issue").length;
const failed = () => gate.callsOf("auth/authorization/fail").length;
const rules = cookieRules(ORIGIN);

/** The heading of a page of ours. */
const heading = ({ text }: Answer) => /<h1>(?<text>[^<]*)/.exec(text)?.groups?.text;
const explained = (answer: Answer) => [answer.status, answer.target, heading(answer)];
const UNKNOWN = [400, undefined, "There is nothing to continue here."];
const OVER = [410, undefined, "This has been settled already."];
const EXPIRED = [410, undefined, "This took too long."];

/** What the owner does in the end, to show that the attack has broken nothing. */
async function ownerStillGetsThrough(): Promise<void> {
  expect(responseIn(await alice.decide(handle, "allow")).code).toBeDefined();
}

describe("T4, T5: a handle in another browser", () => {
  it("leads to a page that explains, whoever is signed in there, and to nothing else", async () => {
    const mallory = await gate.person();
    expect(explained(await mallory.resume(handle))).toEqual(UNKNOWN);
    for (const decision of ["allow", "deny", "continue"] as const)
      expect(explained(await mallory.decide(handle, decision))).toEqual(UNKNOWN);
    expect([issued(), failed()]).toEqual([0, 0]);
    await ownerStillGetsThrough();
  });

  it("looks like one that never was", async () => {
    const mallory = await gate.person();
    const known = await mallory.resume(handle);
    const unknown = await mallory.resume("x".repeat(43));
    expect(known.text).toBe(unknown.text);
    for (const shape of ["", "x", "../login", "x".repeat(44), "%00", "'"]) {
      const { status } = await mallory.ask(`/oauth/interaction/x${shape}`);
      expect(status).toBe(400);
    }
  });

  it("a cookie of another request of the same browser does not fit (ticket swap)", async () => {
    const second = await alice.begin(gate.request({ state: "second" }));
    const first = interactionCookie(rules, handle);
    const other = alice.cookies.get(interactionCookie(rules, second)) ?? "";
    const own = alice.cookies.get(first) ?? "";
    alice.cookies.set(first, other);
    expect(explained(await alice.resume(handle))).toEqual(UNKNOWN);
    expect(explained(await alice.decide(handle, "allow"))).toEqual(UNKNOWN);
    alice.cookies.set(first, own);
    await ownerStillGetsThrough();
    expect(responseIn(await alice.resume(second)).state).toBe("second");
  });

  it("it is no handle of a sign-in: token.issue does not know it (T7)", async () => {
    const before = alice.cookies.get(rules.session);
    const reply = await alice.call("token.issue", { ticket: handle, subject: await gate.subject() });
    expect(reply.error?.code).toBe("TICKET_INVALID");
    expect(alice.cookies.get(rules.session)).toBe(before);
    await ownerStillGetsThrough();
  });
});

describe("T4: the engine's ticket", () => {
  it("comes out nowhere: no address, page, cookie, log or row holds it", async () => {
    const tickets: string[] = [];
    gate.intercept(async (call, send) => {
      const answer = (await send()) as { ticket?: string };
      if (call.operation === "auth/authorization" && answer.ticket) tickets.push(answer.ticket);
      return answer;
    });
    const next = await alice.authorize(gate.request());
    const waiting = handleOf(next);
    const answers = [next, await alice.resume(waiting), await alice.decide(waiting, "allow")];
    const seen = [
      ...answers.map(({ text, headers }) => text + JSON.stringify([...headers])),
      ...alice.cookies.values(),
      ...gate.lines,
      JSON.stringify(await gate.services.store.interactions.find(hashOf(waiting))),
    ].join("\n");
    expect(tickets).toHaveLength(1);
    expect(seen).not.toContain(tickets[0]);
  });
});

describe("T6: two answers to one request", () => {
  it("64 consents at once give one code and one call of the engine", async () => {
    const subject = await gate.subject();
    const forms = Array.from({ length: 64 }, () => ({
      decision: "allow",
      form_token: alice.formToken(handle, "allow", subject),
    }));
    const answers = await Promise.all(forms.map((form) => alice.send(handle, form)));
    const codes = answers.filter(({ target }) => target?.searchParams.has("code"));
    expect([codes.length, issued()]).toEqual([1, 1]);
    const others = answers.filter((answer) => !codes.includes(answer));
    expect(others.map(explained)).toEqual(Array(63).fill(OVER));
  });

  it("64 who go on at once where nobody has to be asked get one code", async () => {
    const second = await alice.begin(gate.request());
    await alice.decide(handle, "allow");
    const answers = await Promise.all(Array.from({ length: 64 }, () => alice.resume(second)));
    expect(answers.filter(({ target }) => target?.searchParams.has("code"))).toHaveLength(1);
    expect(issued()).toBe(2);
  });

  it("yes and no at once come to one answer", async () => {
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () => alice.decide(handle, "allow")),
      ...Array.from({ length: 8 }, () => alice.decide(handle, "deny")),
    ]);
    expect(answers.filter(({ target }) => target !== undefined)).toHaveLength(1);
    expect(issued() + failed()).toBe(1);
  });

  it.each(["allow", "deny"] as const)(
    "after %s neither the form, a new form nor the address gives more",
    async (end) => {
      const subject = await gate.subject();
      const form = { decision: "allow", form_token: alice.formToken(handle, "allow", subject) };
      await alice.decide(handle, end);
      const calls = issued() + failed();
      expect(explained(await alice.send(handle, form))).toEqual(OVER);
      expect(explained(await alice.decide(handle, "allow"))).toEqual(OVER);
      expect(explained(await alice.decide(handle, "deny"))).toEqual(OVER);
      expect(explained(await alice.resume(handle))).toEqual(OVER);
      expect(issued() + failed()).toBe(calls);
    },
  );

  it("the page about it leads to the application's registered home", async () => {
    await alice.decide(handle, "allow");
    expect((await alice.resume(handle)).text).toContain('href="https://app.example/"');
  });

  it("an engine that does not answer is an end: nobody knows what came of it, and it is not asked again", async () => {
    gate.intercept((call, send) => {
      if (call.operation !== "auth/authorization/issue") return send();
      throw new EngineUnavailable("auth/authorization/issue", "no answer", { outcomeUnknown: true });
    });
    const away = await alice.decide(handle, "allow");
    expect([away.status, away.target, away.headers.get("retry-after")]).toEqual([503, undefined, "5"]);
    expect(away.text).toContain("Correlation id");
    expect(explained(await alice.decide(handle, "allow"))).toEqual(OVER);
    expect(issued()).toBe(1);
  });

  it("an engine that cannot say what was granted before ends nothing: the person tries again", async () => {
    gate.intercept((call, send) => {
      if (call.operation !== "client/granted_scopes/get") return send();
      throw new EngineUnavailable("client/granted_scopes/get", "no answer", { outcomeUnknown: false });
    });
    expect((await alice.resume(handle)).status).toBe(503);
    gate.intercept((_, send) => send());
    await ownerStillGetsThrough();
  });

  it("one whose time is over gives nothing, to the millisecond", async () => {
    const { interactionMs } = gate.services.settings;
    gate.clock.advance(interactionMs - 1);
    await alice.signIn();
    expect((await alice.resume(handle)).target?.pathname).toBe(`/consent/${handle}`);
    gate.clock.advance(1);
    expect(explained(await alice.resume(handle))).toEqual(EXPIRED);
    expect(explained(await alice.decide(handle, "allow"))).toEqual(EXPIRED);
    expect(explained(await alice.decide(handle, "deny"))).toEqual(EXPIRED);
    expect([issued(), failed()]).toEqual([0, 0]);
  });
});

describe("T3: the person changes between two pages", () => {
  it("what was shown to one is not agreed to by another: it is shown again, and nothing is issued", async () => {
    const shown = { decision: "allow", form_token: alice.formToken(handle, "allow", await gate.subject()) };
    const bob = await gate.addPerson("bob");
    await alice.signIn("bob");
    const answer = await alice.send(handle, shown);
    expect([answer.status, answer.target?.pathname]).toEqual([303, `/oauth/interaction/${handle}`]);
    expect((await alice.resume(handle)).target?.pathname).toBe(`/consent/${handle}`);
    expect(issued()).toBe(0);
    expect(responseIn(await alice.decide(handle, "allow", bob)).code).toBeDefined();
    expect(gate.callsOf("auth/authorization/issue")[0]?.request).toMatchObject({ subject: bob });
  });

  it("nobody agrees for somebody who has signed out", async () => {
    const shown = { decision: "allow", form_token: alice.formToken(handle, "allow", await gate.subject()) };
    alice.cookies.delete(rules.session);
    expect((await alice.send(handle, shown)).target?.pathname).toBe(`/oauth/interaction/${handle}`);
    expect((await alice.resume(handle)).target?.pathname).toBe("/login");
    expect(issued()).toBe(0);
  });

  it("a choice of account is for that account", async () => {
    const choosing = await alice.begin(gate.request({ prompt: "select_account" }));
    expect((await alice.decide(choosing, "continue", "usr_somebody")).status).toBe(303);
    gate.clock.advance(1_000);
    expect((await alice.resume(choosing)).target?.pathname).toContain("/choose-account/");
    await alice.decide(choosing, "continue");
    expect((await alice.resume(choosing)).target?.pathname).toBe(`/consent/${choosing}`);
  });
});

describe("T8, T20: forms that are not of the page, the person and the moment", () => {
  it("decide nothing, and lead back to the page", async () => {
    const subject = await gate.subject();
    const other = await alice.begin(gate.request());
    const elsewhere = await gate.person();
    const used = alice.formToken(handle, "allow", subject);
    await alice.send(other, { decision: "allow", form_token: used });
    const late = alice.formToken(handle, "allow", subject);
    const forms: Record<string, string>[] = [
      {},
      { decision: "allow" },
      { decision: "allow", form_token: "" },
      { decision: "allow", form_token: "x" },
      { decision: "allow", form_token: alice.formToken(other, "allow", subject) },
      { decision: "allow", form_token: alice.formToken(handle, "deny", subject) },
      { decision: "allow", form_token: alice.formToken(handle, "continue", subject) },
      { decision: "allow", form_token: alice.formToken(handle, "allow", "usr_somebody") },
      { decision: "allow", form_token: elsewhere.formToken(handle, "allow", subject) },
      { decision: "approve", form_token: alice.formToken(handle, "allow", subject) },
      { decision: "allow", form_token: alice.formToken(handle, "allow", subject), scope: "admin" },
    ];
    for (const form of forms) {
      const { status, target } = await alice.send(handle, form);
      expect([
        status,
        [`/oauth/interaction/${handle}`, `/consent/${handle}`].includes(target?.pathname ?? ""),
      ]).toEqual([303, true]);
    }
    gate.clock.advance(29 * 60_000);
    expect(issued()).toBe(0);
    const { target } = await alice.send(handle, { decision: "allow", form_token: late });
    expect(target?.searchParams.has("code")).toBe(true);
  });

  it("one that was asked for twice is used once", async () => {
    const form = { decision: "deny", form_token: alice.formToken(handle, "deny") };
    const other = await alice.begin(gate.request());
    await alice.send(other, form);
    expect(failed()).toBe(0);
    expect(responseIn(await alice.send(handle, form, ownPage)).error).toBe("access_denied");
  });
});

describe("cookies of requests", () => {
  it("are bound to this host, unreadable to scripts, and go with the top-level navigation of the application", async () => {
    const answer = await alice.authorize(gate.request());
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-Http-ticketgate-ia-[\w-]{8}=[\w-]{43}; Path=\/; Max-Age=88200; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it("do not pile up: the oldest go", async () => {
    for (let count = 0; count < 40; count += 1) await alice.authorize(gate.request());
    const names = [...alice.cookies.keys()].filter((name) => name.startsWith(rules.interactionPrefix));
    expect(names.length).toBeLessThanOrEqual(12);
  });
});
