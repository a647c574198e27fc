import type { AnyTRPCRouter } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Endpoint } from "../../../src/server/http/endpoint.ts";
import { parseCookies } from "../../../src/server/session/cookie.ts";
import { rateLimit } from "./rate-limit.ts";
import type { NaiveContext, NaiveOptions } from "./router.ts";

/** tRPC's adapter as its guide shows it. Old clients send JSON as `text/plain`, so every text is taken for JSON; a form counts as an object. */
export function serveNaively(router: AnyTRPCRouter, { requestsAtMost }: NaiveOptions): Endpoint {
  const allowed = rateLimit(requestsAtMost);
  return async (request) => {
    if (!allowed()) return new Response("Too many requests", { status: 429 });
    return fetchRequestHandler({
      endpoint: "/api/trpc",
      req: await asJson(request),
      router,
      createContext: ({ resHeaders }): NaiveContext => ({
        cookies: parseCookies(request.headers.get("cookie")),
        setCookie: (name, value) => resHeaders.append("set-cookie", `${name}=${value}; Path=/`),
      }),
    });
  };
}

async function asJson(request: Request): Promise<Request> {
  const type = request.headers.get("content-type") ?? "";
  if (request.method === "GET" || type.startsWith("multipart/")) return request;
  const headers = new Headers(request.headers);
  headers.set("content-type", "application/json");
  const text = await request.text();
  const body = type.includes("urlencoded") ? jsonOf(new URLSearchParams(text)) : text;
  return new Request(request.url, { method: request.method, headers, body });
}

function jsonOf(form: URLSearchParams): string {
  return JSON.stringify({ json: Object.fromEntries(form) });
}
