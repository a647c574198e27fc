import { createTRPCClient, httpLink } from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import superjson from "superjson";
import type { AppRouter } from "../server/trpc/router.ts";
import { type AccessTokenSource, createAccessTokenSource } from "./access-token.ts";
import { clientErrorOf, TicketgateClientError } from "./client-error.ts";

type Inputs = inferRouterInputs<AppRouter>["token"];
type Outputs = inferRouterOutputs<AppRouter>["token"];

/** What `token.issue` answers to a back end: all of it, and not the little that a browser learns. */
export type IssuedTokens = Extract<Outputs["issue"], { accessToken: string }>;

type BackEndOutputs = Omit<Outputs, "issue"> & { issue: IssuedTokens };

/** The `token` procedures, as a back end calls them. Each call throws a `TicketgateClientError` when it fails. */
export type TicketgateClient = {
  token: { [Name in keyof Inputs]: (input: Inputs[Name]) => Promise<BackEndOutputs[Name]> };
};

const TIMEOUT_MS = 10_000;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Makes a typed client for another back end. It gets its own access token with the scope `token:issue`, keeps it, and
 * renews it in time. A call is sent again only when that token was refused, which is before anything is done; after
 * `UNREACHABLE` the outcome is not known, so a ticket that was sent is not to be sent again.
 *
 * @param options.origin where Ticketgate is: https, or http on this machine.
 * @param options.timeoutMs how long one HTTP request may take, in milliseconds.
 * @param options.fetch replaces the runtime's own.
 * @throws TypeError when the origin would send the secret in the clear.
 */
export function createTicketgateClient(options: {
  origin: string;
  clientId: string;
  clientSecret: string;
  timeoutMs?: number;
  fetch?: typeof globalThis.fetch;
}): TicketgateClient {
  const origin = safeOrigin(options.origin);
  const fetch = timedFetch(options.fetch ?? globalThis.fetch, options.timeoutMs ?? TIMEOUT_MS);
  const { clientId, clientSecret } = options;
  const clock = () => performance.now();
  const source = createAccessTokenSource({ origin, clientId, clientSecret, fetch, clock });
  const { token } = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${origin}/api/trpc`,
        transformer: superjson,
        headers: { "x-ticketgate": "1" },
        fetch: (url, init) => authorizedFetch(source, fetch)(url, init as RequestInit),
      }),
    ],
  });
  return {
    token: {
      request: typed((input) => token.request.mutate(input)),
      issue: typed(async (input) => fullAnswer(await token.issue.mutate(input))),
      fail: typed((input) => token.fail.mutate(input)),
      introspect: typed((input) => token.introspect.mutate(input)),
      revoke: typed((input) => token.revoke.mutate(input)),
    },
  };
}

/** A server that takes a back end for a browser has no tokens to give. */
function fullAnswer(answer: Outputs["issue"]): IssuedTokens {
  if ("accessToken" in answer) return answer;
  throw new TicketgateClientError({
    code: "INTERNAL_ERROR",
    status: 200,
    text: "The answer holds no access token.",
    advice: "Check that server and client are of one release.",
  });
}

function typed<Input, Output>(call: (input: Input) => Promise<Output>): (input: Input) => Promise<Output> {
  return async (input) => {
    try {
      return await call(input);
    } catch (error) {
      throw clientErrorOf(error);
    }
  };
}

type Fetch = typeof globalThis.fetch;

function authorizedFetch(source: AccessTokenSource, fetch: Fetch): Fetch {
  return async (url, init) => {
    const send = async (token: string) => {
      const headers = new Headers(init?.headers);
      headers.set("authorization", `Bearer ${token}`);
      return fetch(url, { ...init, headers, redirect: "error" });
    };
    const token = await source.get();
    const answer = await send(token);
    if (answer.status !== 401) return answer;
    source.forget(token);
    return send(await source.get());
  };
}

function timedFetch(fetch: Fetch, timeoutMs: number): Fetch {
  return async (url, init) => {
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      return await fetch(url, {
        ...init,
        signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit,
      });
    } catch {
      throw new TicketgateClientError({
        code: "UNREACHABLE",
        status: 0,
        text: limit.aborted ? "Ticketgate did not answer in time." : "Ticketgate cannot be reached.",
        advice: "What was sent may have been done: begin again with a new ticket.",
      });
    }
  };
}

function safeOrigin(text: string): string {
  const url = new URL(text);
  if (url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname)))
    return url.origin;
  throw new TypeError("The origin of Ticketgate must be https, or http on this machine.");
}
