import type { Endpoint } from "./endpoint.ts";
import { createResponse } from "./response.ts";

/** Scripts of which origins may call an endpoint, and how. */
export type CrossOriginRules = {
  /** As browsers send them; `*` stands for all. */
  origins: readonly string[];
  methods: readonly string[];
};

const REQUEST_HEADERS = "authorization, content-type, dpop";
/** What a script has to see beside the body: why it was refused, when to come again, and the nonce for its next proof. */
const EXPOSED_HEADERS = "dpop-nonce, retry-after, www-authenticate";
const PREFLIGHT_SECONDS = 600;

/**
 * Lets scripts of other origins call an endpoint (the Fetch standard, section 3.2). No cookie goes along and none counts here, so nothing is
 * allowed but to send what any program could send.
 */
export function withCrossOrigin(endpoint: Endpoint, rules: CrossOriginRules): Endpoint {
  if (rules.origins.length === 0) return endpoint;
  return async (request) => {
    const origin = allowedOrigin(request, rules);
    if (isPreflight(request)) return preflightAnswer(origin, rules);
    const response = await endpoint(request);
    if (origin !== "*") response.headers.append("vary", "origin");
    if (origin === undefined) return response;
    response.headers.set("access-control-allow-origin", origin);
    response.headers.set("access-control-expose-headers", EXPOSED_HEADERS);
    return response;
  };
}

/**
 * Lets scripts of every origin ask whether they may read an endpoint. Its good answers say themselves that all may read them; a refusal is read
 * by nobody.
 */
export function withPublicReading(endpoint: Endpoint): Endpoint {
  const rules = { origins: ["*"], methods: ["GET", "HEAD"] };
  return async (request) => (isPreflight(request) ? preflightAnswer("*", rules) : endpoint(request));
}

function allowedOrigin({ headers }: Request, { origins }: CrossOriginRules): string | undefined {
  if (origins.includes("*")) return "*";
  const origin = headers.get("origin");
  return origin !== null && origins.includes(origin) ? origin : undefined;
}

function isPreflight({ method, headers }: Request): boolean {
  return method === "OPTIONS" && headers.has("origin") && headers.has("access-control-request-method");
}

/** To an origin that may not call nothing is said about what may be sent; the browser refuses then. */
function preflightAnswer(origin: string | undefined, { methods }: CrossOriginRules): Response {
  const vary = { vary: "origin, access-control-request-method, access-control-request-headers" };
  if (origin === undefined) return createResponse(null, { status: 204, headers: vary });
  return createResponse(null, {
    status: 204,
    headers: {
      ...vary,
      "access-control-allow-origin": origin,
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers": REQUEST_HEADERS,
      "access-control-max-age": String(PREFLIGHT_SECONDS),
    },
  });
}
