import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRouter } from "../../src/server/http/router.ts";
import { endpointTable } from "../../src/server/http/table.ts";
import { openGate } from "../support/gate.ts";
import { grants } from "./support/endpoint-grants.ts";
import { paths } from "./support/endpoint-paths.ts";
import { refusals, tooLarge, wrongMethods } from "./support/endpoint-refusals.ts";
import {
  type Case,
  type Expected,
  ORIGIN,
  oauth,
  type Prepare,
  settings,
  TOKEN,
} from "./support/endpoint-requests.ts";
import { successes } from "./support/endpoint-successes.ts";
import { type Answer, exchange, type Sent, shapeOf } from "./support/exchange.ts";
import { inspect } from "./support/inspection.ts";
import type { Recorded } from "./support/recorder.ts";
import { type Server, startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

const kinds = ["front door", "next alone"] as const satisfies readonly Server[];
const running = new Map<Server, { server: Ticketgate; token: string; answers: Recorded[] }>();

beforeAll(async () => {
  for (const kind of kinds) {
    const server = await startTicketgate(settings, kind);
    const answer = await exchange(
      server.origin,
      oauth("token", "grant_type=client_credentials&scope=token:issue"),
    );
    const { access_token: token } = JSON.parse(answer.text) as { access_token: string };
    running.set(kind, { server, token, answers: [] });
  }
});
afterAll(() => Promise.all([...running.values()].map(({ server }) => server.stop())));

function serverOf(kind: Server) {
  const found = running.get(kind);
  if (!found) throw new Error(`${kind} is not running`);
  return found;
}

/** Sends a request with this server's origin and token, and with what was prepared there, in the places of the placeholders. */
async function ask(kind: Server, sent: Sent, prepare?: Prepare): Promise<Answer> {
  const { server, token, answers } = serverOf(kind);
  const prepared = await prepare?.((first) => ask(kind, first));
  const known = { [ORIGIN]: server.origin, [TOKEN]: token };
  const texts = Object.entries(prepared ?? {}).map(([name, text]) => [`{${name}}`, text] as const);
  const own = (text: string) =>
    [...Object.entries(known), ...texts].reduce((all, [name, value]) => all.replaceAll(name, value), text);
  const headers = Object.entries(sent.headers ?? {}).map(([name, value]) => [name, own(value)]);
  const body = sent.body === undefined ? {} : { body: own(sent.body) };
  const { method } = sent;
  const path = own(sent.path);
  const answer = await exchange(server.origin, {
    ...sent,
    path,
    headers: Object.fromEntries(headers),
    ...body,
  });
  answers.push({ method, path, authorization: sent.headers?.authorization, answer });
  return answer;
}

function expectAnswer({ status, headers, text }: Answer, expected: Expected): void {
  const named = Object.keys(expected.headers ?? {}).map((name) => [name, headers[name]]);
  expect({ status, headers: Object.fromEntries(named) }).toEqual({
    headers: {},
    ...expected,
    body: undefined,
  });
  if (expected.body === undefined) return;
  const isJson = String(headers["content-type"]).includes("json") && text !== "";
  if (isJson) expect(JSON.parse(text)).toMatchObject(expected.body as object);
  else expect(text).toEqual(expected.body);
}

const suites: [title: string, cases: Case[]][] = [
  ["answers", successes],
  ["grants", grants],
  ["refuses", refusals],
  ["refuses a body over the limit", tooLarge],
  ["refuses a method", wrongMethods],
  ["a path", paths],
];

it("every row of the endpoint table is asked", async () => {
  const gate = await openGate();
  const rows = endpointTable(gate.services);
  await gate.close();
  const find = createRouter(rows);
  const asked = (cases: Case[]) => new Set(cases.map(([, { path }]) => find(path.split("?")[0] ?? "")));
  expect(asked(successes)).toEqual(new Set(rows));
  expect(asked([...refusals, ...wrongMethods])).toEqual(new Set(rows));
  const withBody = rows.filter(({ methods }) => methods.includes("POST"));
  expect(asked(tooLarge)).toEqual(new Set(withBody));
});

/** Every case of every suite. */
const all = suites.flatMap(([title, cases]) =>
  cases.map(([name, sent, expected, prepare]) => ({ title: `${title}: ${name}`, sent, expected, prepare })),
);

describe.each(kinds)("%s", (kind) => {
  it.each(all)("$title", async ({ sent, expected, prepare }) => {
    expectAnswer(await ask(kind, sent, prepare), expected);
  });
});

describe("both ways answer the same: status, headers, body", () => {
  it.each(all)("$title", async ({ sent, prepare }) => {
    const [front, next] = await Promise.all(
      kinds.map(async (kind) => shapeOf(await ask(kind, sent, prepare), serverOf(kind).server.origin)),
    );
    expect(front).toEqual(next);
  });
});

/** What the front door refuses before anything looks at it. Next alone has no good answer, and production never asks it. */
describe("the front door", () => {
  it.each(["/%", "/oauth/token%zz", "/api/trpc/%", "/api/%ff/x", "/login/%E2%82"])(
    "%s is 400, with and without a body",
    async (path) => {
      expectAnswer(await ask("front door", { method: "GET", path }), { status: 400 });
      expectAnswer(await ask("front door", { method: "POST", path, body: "x" }), { status: 400 });
    },
  );

  it.each(["/oauth/token", "/api/trpc/token.issue", "/", "/nothing"])("TRACE %s is 405", async (path) => {
    expectAnswer(await ask("front door", { method: "TRACE", path }), {
      status: 405,
      headers: { allow: expect.stringContaining("GET") },
    });
  });

  it("answers a request that offers another protocol like any other", async () => {
    await ask("front door", { method: "GET", path: "/" });
    const offers = { connection: "upgrade, http2-settings", upgrade: "h2c", "http2-settings": "AAMAAABk" };
    for (const path of ["/oauth/jwks", "/problem"])
      expectAnswer(await ask("front door", { method: "GET", path, headers: offers }), { status: 200 });
  });

  it("nothing of this was a failure in its log", () => {
    const failures = serverOf("front door")
      .server.output()
      .match(/.*"level":"error".*/g);
    expect(failures).toBeNull();
  });
});

describe.each(kinds)("all of this at the %s", (kind) => {
  it("left no secret in what a browser gets, in an error or in the log", async () => {
    const { server, answers } = serverOf(kind);
    const { leaks, kinds: scanned, secretNames } = await inspect({ servers: [server], answers });
    expect(leaks).toEqual([]);
    expect(scanned).toEqual(["HTML", "tRPC answer", "other", "error", "header", "Set-Cookie", "log"]);
    expect(secretNames).toEqual(
      expect.arrayContaining(["ticket", "accessToken", "handle", "cookie", "private key", "password hash"]),
    );
  });
});
