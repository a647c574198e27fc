import { NextRequest } from "next/server";
import { vi } from "vitest";
import { proxy } from "../../src/proxy.ts";
import {
  type Answer,
  type AuthorizationGate,
  openAuthorizationGate,
  type Visitor,
} from "../support/authorization-gate.ts";
import { ORIGIN, procedureRequest } from "../support/gate.ts";
import { attack } from "./attack.ts";
import { manage, metadata, register } from "./registrations.ts";
import { serveActions } from "./sent-form.ts";
import { createSharedCache } from "./shared-cache.ts";

vi.mock("server-only", () => ({}));

/** A site behind a cache that everybody shares. */
type CachedSite = {
  gate: AuthorizationGate;
  send(request: Request): Promise<Answer>;
  close(): Promise<void>;
};

async function openCachedSite(): Promise<CachedSite> {
  const gate = await openAuthorizationGate();
  serveActions(gate.services);
  return { gate, close: gate.close, send: (request) => answerOf(gate, request) };
}

/** One whose answers say that everybody may have them for a minute, as a content delivery network is often told for all of them. */
async function openNaiveCachedSite(): Promise<CachedSite> {
  const site = await openCachedSite();
  return {
    ...site,
    async send(request) {
      const answer = await site.send(request);
      answer.headers.set("cache-control", "public, max-age=60");
      return answer;
    },
  };
}

async function answerOf(gate: AuthorizationGate, request: Request): Promise<Answer> {
  const { pathname } = new URL(request.url);
  if (/^\/(?:oauth|\.well-known)\//.test(pathname)) return gate.send(request);
  const isProcedure = pathname.startsWith("/api/trpc/");
  const response = isProcedure ? await gate.trpc(request) : await proxy(new NextRequest(request));
  const { status, headers } = response;
  return { status, headers: new Headers(headers), text: await response.text(), target: undefined };
}

const cookieOf = ({ cookies }: Visitor) => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");

type Ask = (gate: AuthorizationGate, person: Visitor) => Promise<{ path: string; authorization?: string }>;

async function accessToken(gate: AuthorizationGate, person: Visitor): Promise<string> {
  const { code } = await person.agree(gate.request());
  return `Bearer ${(await gate.redeem(code)).json.access_token}`;
}

const waiting = async (gate: AuthorizationGate, person: Visitor) => {
  gate.clock.advance(1_000);
  return person.begin(gate.request());
};

/** Tries to get from a cache what it kept of somebody else. */
const fromCache = (ask: Ask) => ({
  naive: openNaiveCachedSite,
  ours: openCachedSite,
  async run({ gate, send }: CachedSite) {
    const cached = createSharedCache(send);
    const victim = await gate.person();
    const { path, authorization } = await ask(gate, victim);
    const requestOf = (visitor: Visitor) => requestFor(path, { cookie: cookieOf(visitor), authorization });
    await cached(requestOf(victim));
    const { answer, stored } = await cached(requestOf(gate.visitor()));
    return { succeeded: stored, gained: answer.text };
  },
  async honest({ send }: CachedSite) {
    const cached = createSharedCache(send);
    const keys = () => cached(new Request(`${ORIGIN}/oauth/jwks`));
    await keys();
    const { answer, stored } = await keys();
    return stored && answer.text.includes('"keys"');
  },
});

attack("get from a cache who is signed in", {
  surface: "trpc",
  ...fromCache(async () => ({ path: "/api/trpc/session.current" })),
});

for (const path of ["/", "/account", "/login", "/no-such-page"]) {
  attack(`get from a cache the page ${path} of somebody else, with the tokens of its forms`, {
    surface: "page",
    ...fromCache(async () => ({ path })),
  });
}

attack("get from a cache the claims of a person", {
  surface: "oauth",
  ...fromCache(async (gate, person) => ({
    path: "/oauth/userinfo",
    authorization: await accessToken(gate, person),
  })),
});

attack("get from a cache the secret of a client", {
  surface: "registration",
  ...fromCache(async (gate) => {
    const { json } = await register(gate, metadata);
    const token = String(json.registration_access_token);
    if ((await manage(gate, String(json.client_id), { token })).status !== 200) throw new Error("no client");
    return { path: `/oauth/register/${json.client_id}`, authorization: `Bearer ${token}` };
  }),
});

const parts: [title: string, ask: Ask][] = [
  [
    "the code of a person who is not asked",
    async (gate, person) => {
      await person.agree(gate.request());
      return { path: `/oauth/authorize?${gate.request({ prompt: "none" })}` };
    },
  ],
  ["the cookie of a request", async (gate) => ({ path: `/oauth/authorize?${gate.request()}` })],
  [
    "the way on of a request",
    async (gate, person) => ({ path: `/oauth/interaction/${await waiting(gate, person)}` }),
  ],
  ["the page of a consent", async (gate, person) => ({ path: `/consent/${await waiting(gate, person)}` })],
];

for (const [title, ask] of parts) {
  attack(`get from a cache ${title}`, {
    surface: "interaction",
    ...fromCache(ask),
  });
}

attack("get from a cache the question of a logout", {
  surface: "logout",
  ...fromCache(async () => ({ path: "/oauth/logout" })),
});

function requestFor(
  path: string,
  { cookie, authorization }: { cookie: string; authorization?: string | undefined },
): Request {
  const headers = { cookie, ...(authorization === undefined ? {} : { authorization }) };
  const [, name] = /^\/api\/trpc\/(.+)$/.exec(path) ?? [];
  if (name !== undefined) return procedureRequest(name, undefined, { method: "GET", headers });
  return new Request(`${ORIGIN}${path}`, { headers });
}
