import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demo, type Gate, ORIGIN, openGate, procedureRequest, readReply } from "../../support/gate.ts";

const LOCAL = "http://localhost:3000";

let secure: Gate;
let local: Gate;
beforeAll(async () => {
  secure = await openGate();
  local = await openGate({ origin: LOCAL });
});
afterAll(() => Promise.all([secure.close(), local.close()]));

/** How the cookies of the two kinds of origin are named, and whether they need TLS. */
const kinds = [
  { origin: ORIGIN, prefix: "__Host-Http-ticketgate", tls: true, gate: () => secure },
  { origin: LOCAL, prefix: "ticketgate-dev", tls: false, gate: () => local },
] as const;
type Kind = (typeof kinds)[number];

/** One call with a `Cookie` header as it stands; what it answers, and every `Set-Cookie` of it. */
async function call({ gate, origin }: Kind, name: string, input: unknown, cookie?: string) {
  const headers = { origin, ...(cookie === undefined ? {} : { cookie }) };
  const method = name === "session.current" ? "GET" : "POST";
  const response = await gate().trpc(procedureRequest(name, input, { headers, method }));
  return {
    ...(await readReply<{ handle: string; subject: string; signedIn: boolean }>(response)),
    set: response.headers.getSetCookie(),
  };
}

const nameAndValue = (line = "") => line.split(";", 1)[0] ?? "";
const attributesOf = (line = "") => line.split("; ").slice(1);

async function begin(kind: Kind) {
  const begun = await call(kind, "login.password", { username: demo.username, password: demo.password });
  const [line] = begun.set;
  return { begun, line, input: { ticket: begun.data?.handle, subject: begun.data?.subject } };
}

async function signIn(kind: Kind, before = ""): Promise<string> {
  const { line, input } = await begin(kind);
  const { set } = await call(kind, "token.issue", input, `${before}${nameAndValue(line)}`);
  return nameAndValue(set.find((text) => text.startsWith(`${kind.prefix}=`)));
}

describe.each(kinds)("at $origin", (kind) => {
  const { prefix, tls } = kind;
  const secureAttribute = tls ? ["Secure"] : [];
  const cleared = (name: RegExp, sameSite: string) =>
    new RegExp(
      `^${name.source}=; Path=/; Max-Age=0; HttpOnly; ${tls ? "Secure; " : ""}SameSite=${sameSite}$`,
    );
  const transaction = new RegExp(`${prefix}-tx-[\\w-]{8}`);
  const session = new RegExp(prefix);

  it("login.password sets the transaction's cookie: this host, ten minutes, own pages only", async () => {
    const { begun, line } = await begin(kind);
    expect(begun.set).toHaveLength(1);
    expect(nameAndValue(line)).toMatch(new RegExp(`^${transaction.source}=[\\w-]{43}$`));
    expect(attributesOf(line)).toEqual([
      "Path=/",
      "Max-Age=600",
      "HttpOnly",
      ...secureAttribute,
      "SameSite=Strict",
    ]);
    expect(begun.text).not.toContain(nameAndValue(line).split("=")[1]);
  });

  it("token.issue sets the session's cookie and clears the transaction's", async () => {
    const { line, input } = await begin(kind);
    const issued = await call(kind, "token.issue", input, nameAndValue(line));
    expect(issued.status).toBe(200);
    const [first, second] = issued.set.toSorted((left, right) => left.length - right.length);
    expect(issued.set).toHaveLength(2);
    const [own, gone] = first?.includes("-tx-") ? [second, first] : [first, second];
    expect(nameAndValue(own)).toMatch(new RegExp(`^${prefix}=[\\w-]{43}$`));
    expect(attributesOf(own)).toEqual(["Path=/", "HttpOnly", ...secureAttribute, "SameSite=Lax"]);
    expect(gone).toMatch(cleared(transaction, "Strict"));
    expect(nameAndValue(gone).slice(0, -1)).toBe(nameAndValue(line).split("=")[0]);
  });

  it.each([
    ["another subject", { subject: "usr_other" }, "SUBJECT_MISMATCH"],
    ["extras", { accessTokenDuration: 60 }, "FORBIDDEN"],
  ])("token.issue refused for %s sets no session", async (_, change, code) => {
    const { line, input } = await begin(kind);
    const refused = await call(kind, "token.issue", { ...input, ...change }, nameAndValue(line));
    expect(refused.error?.code).toBe(code);
    expect(refused.set.filter((text) => text.startsWith(`${prefix}=`))).toEqual([]);
  });

  it("a sign-in that has failed has its cookie cleared, and no other sign-in's", async () => {
    const [one, other] = [await begin(kind), await begin(kind)];
    const both = `${nameAndValue(one.line)}; ${nameAndValue(other.line)}`;
    const refused = await call(kind, "token.issue", { ...one.input, subject: "usr_other" }, both);
    expect(refused.set).toEqual([expect.stringMatching(cleared(transaction, "Strict"))]);
    expect(nameAndValue(refused.set[0])).toBe(`${nameAndValue(one.line).split("=")[0]}=`);
    expect(await call(kind, "token.issue", other.input, both)).toMatchObject({ status: 200 });
  });

  it("a session that is good is told nothing", async () => {
    const cookie = await signIn(kind);
    const reply = await call(kind, "session.current", undefined, cookie);
    expect(reply).toMatchObject({ data: { signedIn: true }, set: [] });
  });

  it("a browser without cookies is told nothing", async () => {
    expect(await call(kind, "session.current", undefined)).toMatchObject({
      data: { signedIn: false },
      set: [],
    });
  });

  it.each([
    ["corrupt", "%00{}"],
    ["empty", ""],
    ["short", "abc"],
    ["of nobody", "A".repeat(43)],
    ["long", "A".repeat(4_000)],
    ["of another form", "a.b.c"],
  ])("a session cookie that is %s is signed out, and cleared", async (_, value) => {
    const reply = await call(kind, "session.current", undefined, `other=1; ${prefix}=${value}`);
    expect(reply).toMatchObject({ status: 200, data: { signedIn: false } });
    expect(reply.set).toEqual([expect.stringMatching(cleared(session, "Lax"))]);
  });

  it("sign-out clears the cookie, of somebody and of nobody alike", async () => {
    const cookie = await signIn(kind);
    for (const sent of [cookie, cookie, undefined]) {
      const { status, set } = await call(kind, "session.signOut", undefined, sent);
      expect({ status, set }).toEqual({ status: 200, set: [expect.stringMatching(cleared(session, "Lax"))] });
    }
    expect(await call(kind, "session.current", undefined, cookie)).toMatchObject({
      data: { signedIn: false },
    });
  });

  it("a sign-in makes a new id, whatever id the browser came with, and ends the session before", async () => {
    const first = await signIn(kind);
    const second = await signIn(kind, `${first}; `);
    expect(second).not.toBe(first);
    expect(await call(kind, "session.current", undefined, first)).toMatchObject({
      data: { signedIn: false },
    });
    expect(await call(kind, "session.current", undefined, second)).toMatchObject({
      data: { signedIn: true },
    });
    const planted = `${prefix}=${"B".repeat(43)}`;
    expect(await signIn(kind, `${planted}; `)).not.toBe(planted);
  });

  it("of a name that comes twice the first one counts", async () => {
    const cookie = await signIn(kind);
    const nobody = `${prefix}=${"A".repeat(43)}`;
    const ask = async (sent: string) => (await call(kind, "session.current", undefined, sent)).data?.signedIn;
    expect([await ask(`${cookie}; ${nobody}`), await ask(`${nobody}; ${cookie}`)]).toEqual([true, false]);
  });

  it("the cookie of the other kind of origin is none here", async () => {
    const cookie = (await signIn(kind)).replace(prefix, tls ? "ticketgate-dev" : "__Host-Http-ticketgate");
    expect(await call(kind, "session.current", undefined, cookie)).toMatchObject({
      data: { signedIn: false },
    });
  });
});

it("a back end is given no cookies, and those it sends are not looked at", async () => {
  const backend = await secure.backend();
  const session = await signIn(kinds[0]);
  const ticket = await backend.ticket();
  const reply = await backend.call(
    "token.issue",
    { ticket, subject: "usr_1" },
    { headers: { cookie: session } },
  );
  expect(reply.status).toBe(200);
  expect(reply.headers.getSetCookie()).toEqual([]);
  expect(await call(kinds[0], "session.current", undefined, session)).toMatchObject({
    data: { signedIn: true },
  });
});
