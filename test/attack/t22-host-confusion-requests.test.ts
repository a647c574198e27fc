import { NextRequest } from "next/server";
import { proxy } from "../../src/proxy.ts";
import { createRouter } from "../../src/server/http/router.ts";
import { endpointTable } from "../../src/server/http/table.ts";
import { formBody, formType } from "../e2e/support/page-requests.ts";
import { backend, ORIGIN, openGate, procedureRequest, readReply, secretOf } from "../support/gate.ts";
import { hostOf, underAnyHost } from "../support/naive/any-host.ts";
import { attack } from "./attack.ts";
import { gates } from "./gates.ts";
import { pages } from "./pages.ts";

const EVIL = "evil.example";

/** Ways to say that a request was sent to the attacker's host. */
const poisons: [name: string, headers: Record<string, string>][] = [
  ["Host", { host: EVIL }],
  ["X-Forwarded-Host", { host: "gate.example", "x-forwarded-host": EVIL }],
  ["X-Forwarded-Host with several", { host: "gate.example", "x-forwarded-host": `${EVIL}, gate.example` }],
];

const basic = { authorization: `Basic ${btoa(`${backend.id}:${backend.secret}`)}` };
const form = { "content-type": "application/x-www-form-urlencoded" };
const bearer = { authorization: `Bearer ${secretOf("engine")}` };

/** What says somewhere who we are. */
const requests: [path: string, init: RequestInit & { headers: Record<string, string> }][] = [
  ["/api/1/service/get", { headers: bearer }],
  ["/oauth/token", { method: "POST", headers: { ...basic, ...form }, body: "grant_type=client_credentials" }],
  ["/oauth/introspect", { method: "POST", headers: { ...basic, ...form }, body: "token=unknown" }],
  ["/oauth/token", { headers: {} }],
  ["/oauth/jwks", { headers: {} }],
  ["/api/trpc/session.current", { headers: { "x-ticketgate": "1" } }],
  ["/api/trpc/no.such", { method: "POST", headers: { "x-ticketgate": "1" } }],
];

/** Answers to requests that are said to be for another host. */
type Site = { answer(path: string, init: RequestInit): Promise<Response>; close(): Promise<void> };

async function openSite(): Promise<Site> {
  const gate = await openGate();
  const find = createRouter(endpointTable(gate.services));
  const answer = async (path: string, init: RequestInit) => {
    const { host } = Object.fromEntries(new Headers(init.headers));
    const request = new Request(`https://${host ?? "gate.example"}${path}`, init);
    return find(path)?.endpoint(request) ?? new Response(null, { status: 404 });
  };
  return { answer, close: gate.close };
}

async function openNaiveSite(): Promise<Site> {
  const site = await openSite();
  const endpoint = underAnyHost((request) => site.answer(new URL(request.url).pathname, request), ORIGIN);
  return { ...site, answer: (path, init) => endpoint(new Request(`${ORIGIN}${path}`, init)) };
}

async function toldEverywhere({ answer }: Site, poison: Record<string, string>): Promise<string[]> {
  const answers = await Promise.all(
    requests.map(([path, { headers, ...init }]) =>
      answer(path, { ...init, headers: { ...headers, ...poison } }),
    ),
  );
  return Promise.all(
    answers.map(async (response) => `${await response.text()} ${JSON.stringify([...response.headers])}`),
  );
}

for (const [name, headers] of poisons) {
  attack(`have answers name the attacker's host, by ${name}`, {
    surface: "configuration",
    naive: openNaiveSite,
    ours: openSite,
    async run(site) {
      const gained = (await toldEverywhere(site, headers)).filter((told) => told.includes(EVIL));
      return { succeeded: gained.length > 0, gained };
    },
    async honest(site) {
      const [service = "", granted = ""] = await toldEverywhere(site, { host: "gate.example" });
      return service.includes(`"issuer":"${ORIGIN}"`) && granted.includes("access_token");
    },
  });
}

attack("call the procedures from a name of the attacker's that leads to us", {
  surface: "trpc",
  ...gates,
  refusal: "CROSS_SITE_REFUSED",
  async run(gate) {
    const { username, password } = { username: "alice", password: "correct horse battery" };
    const headers = { host: EVIL, origin: `https://${EVIL}`, "x-forwarded-host": EVIL };
    const { url, ...request } = parts(
      procedureRequest("login.password", { username, password }, { headers }),
    );
    const { data, error } = await readReply(
      await gate.trpc(new Request(url.replace(ORIGIN, `https://${EVIL}`), request)),
    );
    return { succeeded: data !== undefined, gained: data, refusal: error?.code };
  },
  honest: async (gate) => (await gate.browser().login()).data !== undefined,
});

const parts = ({ url, method, headers, body }: Request) => ({
  url,
  method,
  headers,
  body,
  duplex: "half" as const,
});

/** What Next is told about a request for a page: it compares the origin of a server action with the host. */
type Gatekeeper = { pass(request: NextRequest): Promise<Headers | undefined>; close?: () => Promise<void> };

/** Headers that a proxy changes are named in its answer. */
async function passedOn(request: NextRequest): Promise<Headers | undefined> {
  const response = await proxy(request);
  if (response.status !== 200) return undefined;
  const prefix = "x-middleware-request-";
  const changed = [...response.headers].filter(([name]) => name.startsWith(prefix));
  return new Headers(changed.map(([name, value]) => [name.slice(prefix.length), value]));
}

const gatekeepers = {
  naive: (): Gatekeeper => ({ pass: async ({ headers }) => headers }),
  ours: async (): Promise<Gatekeeper> => ({ pass: passedOn, close: (await pages.ours()).close }),
};

/** Whether Next would run an action. */
const isAccepted = (headers: Headers | undefined) => {
  const origin = headers?.get("origin") ?? "";
  return headers !== undefined && URL.canParse(origin) && new URL(origin).host === hostOf(headers);
};

const foreign: [title: string, headers: Record<string, string>][] = [
  ["X-Forwarded-Host", { origin: `https://${EVIL}`, "x-forwarded-host": EVIL, host: "gate.example" }],
  ["Host", { origin: `https://${EVIL}`, host: EVIL }],
  [
    "both, and Sec-Fetch-Site",
    { origin: `https://${EVIL}`, host: EVIL, "x-forwarded-host": EVIL, "sec-fetch-site": "same-origin" },
  ],
];

/** A form that is one of ours but for where it comes from. */
const formFrom = (headers: Record<string, string>) =>
  new NextRequest(`${ORIGIN}/login`, {
    method: "POST",
    headers: { ...headers, "content-type": formType },
    body: formBody([[`$ACTION_ID_${"0".repeat(42)}`, ""]]),
  });

for (const [title, headers] of foreign) {
  attack(`post a form from the attacker's site, with its host in ${title}`, {
    surface: "page",
    ...gatekeepers,
    async run({ pass }) {
      const passed = await pass(formFrom(headers));
      return { succeeded: isAccepted(passed), gained: passed && [...passed] };
    },
    async honest({ pass }) {
      const own = { origin: ORIGIN, host: "internal:3000", "sec-fetch-site": "same-origin" };
      return isAccepted(await pass(formFrom(own)));
    },
  });
}

attack("have a page made for the attacker's host: links of Next and of pages have it", {
  surface: "page",
  ...gatekeepers,
  async run({ pass }) {
    const headers = { host: EVIL, "x-forwarded-host": EVIL, "x-forwarded-proto": "http" };
    const passed = await pass(new NextRequest(`${ORIGIN}/login`, { headers }));
    const gained = passed?.get("x-forwarded-host");
    return { succeeded: gained === EVIL, gained };
  },
  async honest({ pass }) {
    const passed = await pass(new NextRequest(`${ORIGIN}/login`, { headers: { host: "gate.example" } }));
    return passed?.get("x-forwarded-host") === "gate.example" && passed.get("x-forwarded-proto") === "https";
  },
});
