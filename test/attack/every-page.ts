import { readdirSync } from "node:fs";
import { NextRequest } from "next/server";
import { vi } from "vitest";
import { proxy } from "../../src/proxy.ts";
import { type AuthorizationGate, openAuthorizationGate } from "../support/authorization-gate.ts";
import { naivePageHeaders } from "../support/naive/page-headers.ts";
import { serveActions } from "./sent-form.ts";

vi.mock("server-only", () => ({}));

/** An answer that a browser shows. */
export type ShownPage = { address: string; status: number; headers: Headers; text: string };

/** What there is to see of a site. */
export type Site = { pages(): Promise<ShownPage[]>; close?(): Promise<void> };

const APP = "src/app";

/** The address of each page, with something in the place of what is variable; and one that is none. */
const addresses = [
  ...readdirSync(APP, { recursive: true, encoding: "utf8" })
    .filter((file) => /(?:^|\/)page\.tsx$/.test(file))
    .map((file) => `/${file}`.replace(/\/page\.tsx$/, "").replace(/\/\([^)]*\)/g, ""))
    .map((path) => path.replace(/\[\w+\]/g, "x".repeat(43)) || "/"),
  "/no-such-page",
  "/_global-error",
];

/** Ours: what the proxy says of each page and refusal, and the pages that endpoints answer with. */
export async function openSite(): Promise<Site> {
  const gate = await openAuthorizationGate();
  const { services } = gate;
  // The tools of a development server want policies that no visitor of a production server is to have.
  serveActions({ ...services, config: { ...services.config, production: true } });
  return {
    async pages() {
      const shown = addresses.map((address) => throughProxy(gate, address));
      const refused = throughProxy(gate, "/login", { method: "POST", origin: "https://evil.example" });
      return [...(await Promise.all([...shown, refused])), ...(await endpointPages(gate))];
    },
    close: gate.close,
  };
}

/** A site of a team whose partner wants to see where its visitors come from. */
export function openNaiveSite(): Site {
  const headers = new Headers({
    ...naivePageHeaders(),
    "content-security-policy": "default-src 'self' https: 'unsafe-inline' 'unsafe-eval'",
    "cache-control": "public, max-age=60",
  });
  return { pages: async () => addresses.map((address) => ({ address, status: 200, headers, text: "" })) };
}

async function throughProxy(
  { services }: AuthorizationGate,
  address: string,
  { method = "GET", origin }: { method?: string; origin?: string } = {},
): Promise<ShownPage> {
  const request = new NextRequest(new URL(address, services.config.origin), {
    method,
    headers: origin === undefined ? {} : { origin, "sec-fetch-site": "cross-site" },
  });
  const { status, headers } = await proxy(request);
  return { address: `${method} ${address}`, status, headers, text: "" };
}

/** The pages of endpoints: refused, unknown, handed over, posted on, not available, and those around a logout. */
async function endpointPages(gate: AuthorizationGate): Promise<ShownPage[]> {
  const person = await gate.person();
  gate.clock.advance(1_000);
  const asked = [
    await person.ask("/oauth/authorize?client_id=0"),
    await person.ask(`/oauth/interaction/${"x".repeat(43)}`),
    await person.ask("/oauth/logout?id_token_hint=x"),
    await person.authorize(gate.request({ response_mode: "form_post", prompt: "none" })),
    await person.decide(await person.begin(gate.request()), "allow"),
    await person.send(await person.begin(gate.request({ prompt: "consent" })), {}, {}),
  ];
  gate.intercept(() => Promise.reject(new Error("no engine")));
  asked.push(await person.authorize(gate.request()));
  gate.intercept((_, send) => send());
  return asked.map((answer, at) => ({ ...answer, address: `page ${at} of an endpoint` }));
}
