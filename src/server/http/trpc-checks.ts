import { TicketgateError } from "../flow/error.ts";

/** What the checks look at. */
export type TrpcCall = {
  request: Request;
  /** Names of the procedures: one, or several in a batch. */
  paths: readonly string[];
  batch: boolean;
  /** The value of a Bearer Authorization header: then cookies do not count. */
  bearer: string | undefined;
};

const MAXIMUM_BATCH = 10;

/**
 * What may be called with others. Whatever else is named, or spelt in another way, is called alone: tokens, passwords and the
 * end of a session, so that limits count calls (threat T9).
 */
const BATCHABLE: ReadonlySet<string> = new Set(["session.current"]);

/** Every call passes these, in this order, before anything of it is read. */
export function checkCall(call: TrpcCall, trustedOrigins: readonly string[]): void {
  requireMethod(call);
  requireHeader(call);
  requireOwnPage(call, trustedOrigins);
  requireJson(call);
  requireSmallBatch(call);
}

function requireMethod({ request }: TrpcCall): void {
  if (request.method !== "GET" && request.method !== "POST") throw new TicketgateError("METHOD_NOT_ALLOWED");
}

/** No form can send it, and no script of another site without our leave (threat T8). */
function requireHeader({ request }: TrpcCall): void {
  if (request.headers.get("x-ticketgate") === null) {
    throw new TicketgateError("CROSS_SITE_REFUSED", { detail: "the header x-ticketgate is missing" });
  }
}

/** Cookies travel by themselves, so whoever relies on them must be one of our own pages, and say so. */
function requireOwnPage({ request, bearer }: TrpcCall, trustedOrigins: readonly string[]): void {
  if (bearer !== undefined) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const unsafe = request.method !== "GET";
  const ownSite = site === "same-origin" || (!unsafe && site === null);
  const ownOrigin = origin === null ? !unsafe : trustedOrigins.includes(origin);
  if (!ownSite || !ownOrigin)
    throw new TicketgateError("CROSS_SITE_REFUSED", { detail: "not one of our own pages" });
}

function requireJson({ request }: TrpcCall): void {
  if (request.method === "GET") return;
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(?:;|$)/i.test(type)) throw new TicketgateError("UNSUPPORTED_MEDIA_TYPE");
}

function requireSmallBatch({ paths, batch }: TrpcCall): void {
  if (!batch && paths.length === 1) return;
  if (paths.length > MAXIMUM_BATCH || paths.some((path) => !BATCHABLE.has(path))) {
    throw new TicketgateError("BATCH_REFUSED");
  }
}
