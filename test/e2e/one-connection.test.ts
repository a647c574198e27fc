import { afterAll, beforeAll, expect, it } from "vitest";
import { openDescriptors, tellsDescriptors } from "../support/descriptors.ts";
import { ORIGIN, page, procedure } from "./support/endpoint-requests.ts";
import { exchange, type Sent } from "./support/exchange.ts";
import { person, startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

/**
 * The front door's modules and each of Next's bundles (pages, route files, the proxy) are copies of one another. If one of them had
 * services of its own, it would open the database once more, and the process would hold more descriptors of the file: so we count
 * those. One connection writes and one reads. What is held by the file's name alone, such as the log of the database, follows.
 */
const CONNECTIONS = 2;

let server: Ticketgate;
beforeAll(async () => {
  server = await startTicketgate();
});
afterAll(() => server.stop());

const get = (path: string, cookie = ""): Sent => ({ method: "GET", path, headers: { cookie } });
const connections = () => openDescriptors(server.pid, server.database).length;

async function send(sent: Sent) {
  const headers = Object.entries(sent.headers ?? {}).map(([name, value]) => [
    name,
    value.replaceAll(ORIGIN, server.origin),
  ]);
  const answer = await exchange(server.origin, { ...sent, headers: Object.fromEntries(headers) });
  const set = [answer.headers["set-cookie"] ?? []].flat();
  return { ...answer, cookie: set.map((line) => line.split(";")[0]).join("; ") };
}

/** A sign-in at the front door; gives the cookies of the session. */
async function signIn(): Promise<string> {
  const begun = await send(
    procedure("login.password", { username: person.username, password: person.password }),
  );
  const { handle, subject } = JSON.parse(begun.text).result.data.json as Record<string, string>;
  const headers = { ...page, cookie: begun.cookie };
  const issued = await send(procedure("token.issue", { ticket: handle, subject }, headers));
  expect(issued.status).toBe(200);
  return issued.cookie;
}

it.runIf(tellsDescriptors)(
  "the front door, every page and every route of Next share one opened store",
  async () => {
    expect(connections()).toBe(CONNECTIONS);
    const cookie = await signIn();
    expect(connections()).toBe(CONNECTIONS);
    const visits: [path: string, status: number][] = [
      ["/", 200],
      ["/login", 307],
      ["/problem", 200],
      ["/nothing", 404],
      ["/oauth/nothing", 404],
      ["/api/nothing", 404],
      ["/oauth/jwks", 200],
    ];
    for (const [path, status] of visits) {
      expect([path, (await send(get(path, cookie))).status]).toEqual([path, status]);
      expect([path, connections()]).toEqual([path, CONNECTIONS]);
    }
    await Promise.all(Array.from({ length: 20 }, () => send(get("/", cookie))));
    expect(connections()).toBe(CONNECTIONS);
  },
);

it("what the front door writes a page shows at once, and what ended there is over for the page", async () => {
  const cookie = await signIn();
  expect((await send(get("/", cookie))).text).toContain(person.name);
  await send(procedure("session.signOut", null, { ...page, cookie }));
  expect((await send(get("/", cookie))).text).not.toContain(person.name);
});
