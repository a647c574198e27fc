import type { Answer } from "../support/authorization-gate.ts";

/** Answers a request; `stored` when it was kept from somebody else's. */
export type Cached = (request: Request) => Promise<{ answer: Answer; stored: boolean }>;

/** Statuses that a cache may keep although nobody says how long (RFC 9110 15.1). */
const HEURISTIC = new Set([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]);

/** A cache in front of a site that keeps for everybody what RFC 9111 3 lets it keep, for as long as it can. */
export function createSharedCache(send: (request: Request) => Promise<Answer>): Cached {
  const kept = new Map<string, { answer: Answer; asked: Headers }>();
  return async (request) => {
    const found = kept.get(request.url);
    if (request.method === "GET" && found && isFor(found, request))
      return { answer: found.answer, stored: true };
    const answer = await send(request);
    if (isStorable(request, answer)) kept.set(request.url, { answer, asked: request.headers });
    return { answer, stored: false };
  };
}

function isStorable({ method, headers: asked }: Request, { status, headers }: Answer): boolean {
  const control = headers.get("cache-control") ?? "";
  if (method !== "GET" || /\b(?:no-store|private|no-cache)\b/.test(control)) return false;
  if (asked.has("authorization") && !/\b(?:public|s-maxage|must-revalidate)\b/.test(control)) return false;
  return HEURISTIC.has(status) || /\b(?:max-age|s-maxage|public)\b/.test(control);
}

/** Whether an answer that is kept is for this request too (RFC 9111 4.1). */
function isFor({ answer, asked }: { answer: Answer; asked: Headers }, { headers }: Request): boolean {
  const names = (answer.headers.get("vary") ?? "").split(",").map((name) => name.trim());
  return names.every((name) => name !== "*" && (name === "" || asked.get(name) === headers.get(name)));
}
