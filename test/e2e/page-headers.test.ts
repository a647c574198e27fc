import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageHeaders } from "../../src/server/http/page-headers.ts";
import { type Answer, exchange, type Sent } from "./support/exchange.ts";
import { type Server, startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

/** The origin that browsers see; what is in front of the server is not there in this test. */
const ORIGIN = "https://gate.example";
const HSTS = "max-age=63072000; includeSubDomains";
const kinds = ["front door", "next alone"] as const satisfies readonly Server[];
const running = new Map<Server, Ticketgate>();

beforeAll(async () => {
  for (const kind of kinds) running.set(kind, await startTicketgate({ TICKETGATE_ORIGIN: ORIGIN }, kind));
});
afterAll(() => Promise.all([...running.values()].map((server) => server.stop())));

function ask(kind: Server, sent: Sent): Promise<Answer> {
  const server = running.get(kind);
  if (!server) throw new Error(`${kind} is not running`);
  return exchange(server.origin, sent);
}

const [script = ""] = readdirSync(".next/static/chunks").filter((name) => name.endsWith(".js"));
const endpoints: Sent[] = [
  { method: "POST", path: "/oauth/token" },
  { method: "GET", path: "/oauth/token" },
  { method: "POST", path: "/oauth/introspect", body: "" },
  { method: "POST", path: "/oauth/revoke", body: "" },
  { method: "GET", path: "/oauth/jwks" },
  { method: "GET", path: "/oauth/nothing" },
  { method: "GET", path: "/.well-known/nothing" },
  { method: "GET", path: "/api/trpc/session.current" },
  { method: "POST", path: "/api/trpc/token.issue", body: "{}" },
  { method: "GET", path: "/api/1/service/get" },
  { method: "GET", path: "/api/nothing" },
];
const pages: Sent[] = [
  "/",
  "/login",
  "/problem",
  "/nothing",
  "/_next",
  "/_next/",
  "/_next/imagefoo",
  "/_next/image/x",
  "/_next/image/",
  "/_next/images?url=/icon.svg&w=64&q=75",
  "/_next/data/build/login.json",
  "/_next/static",
  "/_next/staticfoo",
  "/_not-found",
  "/_global-error",
  "/_global-error?x",
  "/_error",
  "/404",
  "/500",
  "/icon.svg/x",
  "/icon.svgx",
  "/favicon.ico",
  "/api",
  "/apis/x",
  "/oauth",
  "/oauthx",
  "/.well-known",
  "/index",
  "/login.rsc",
  "/login.txt",
  "/%6Fauth/token",
  "/(interaction)/login",
].map((path) => ({ method: "GET", path }));
const files: Sent[] = [
  "/icon.svg",
  `/_next/static/chunks/${script}`,
  "/_next/static/nothing",
  "/_next/static/nothing/",
  "/_next/static/%00",
  "/_next/image",
  "/_next/image?url=/icon.svg&w=64&q=75",
  "/_next/image?url=x",
].map((path) => ({ method: "GET", path }));
const posts: Sent[] = pages.map(({ path }) => ({ method: "POST", path, body: "x" }));
/** Of files of its own Next answers some methods with 500, and nothing of ours stands before them where Next is alone. */
const toFiles: Sent[] = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"].flatMap((method) =>
  files.map(({ path }) => ({ method, path })),
);
const refused: Sent[] = [
  { method: "TRACE", path: "/" },
  { method: "GET", path: "/%" },
  { method: "GET", path: "//login" },
];

const titled = (requests: readonly Sent[]) =>
  requests.map((sent) => [`${sent.method} ${sent.path}`, sent] as const);

describe.each(kinds)("%s: an answer that is HTML has the headers of pages", (kind) => {
  it.each(titled([...pages, ...files, ...posts]))("%s", async (_, sent) => {
    const { status, headers } = await ask(kind, sent);
    expect(status).toBeLessThan(500);
    if (!String(headers["content-type"]).startsWith("text/html")) return;
    expect(headers).toMatchObject({
      ...pageHeaders(ORIGIN),
      "cache-control": expect.stringContaining("no-store"),
      "content-security-policy": expect.stringMatching(/default-src 'none'.*'nonce-/),
    });
  });

  it.each(titled(pages))("and no page is answered to another site: POST %s", async (_, { path }) => {
    const headers = { origin: "https://evil.example", "content-type": "text/plain" };
    const { status } = await ask(kind, { method: "POST", path, headers, body: "x" });
    expect([308, 403, 415]).toContain(status);
  });
});

it.each(titled(toFiles))("front door: %s is refused", async (_, sent) => {
  expect([308, 405, 415]).toContain((await ask("front door", sent)).status);
});

it.each(kinds.flatMap((kind) => ["/", "/login", "/nothing"].map((path) => [kind, path] as const)))(
  "%s: %s has the methods of pages and no other",
  async (kind, path) => {
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const { status, headers } = await ask(kind, { method, path, headers: { origin: ORIGIN } });
      expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: "GET, HEAD, POST" });
    }
  },
);

describe("every answer of an https origin tells browsers to stay with it, once", () => {
  it.each(titled([...endpoints, ...pages, ...files, ...posts, ...toFiles, ...refused]))(
    "front door: %s",
    async (_, sent) => {
      expect((await ask("front door", sent)).headers["strict-transport-security"]).toBe(HSTS);
    },
  );

  // Files and redirects of Next pass by all that is ours.
  it.each(titled([...endpoints, ...pages.filter(({ path }) => !path.endsWith("/") || path === "/")]))(
    "next alone: %s",
    async (_, sent) => {
      expect((await ask("next alone", sent)).headers["strict-transport-security"]).toBe(HSTS);
    },
  );
});
