import { EngineAnswerInvalid, EngineUnavailable } from "../error.ts";
import type { Method } from "../operation.ts";

/** What the client needs of a `fetch`: undici's and the platform's both have it. */
export type Fetch = (
  url: string,
  options: {
    method: Method;
    headers: Record<string, string>;
    body?: string;
    redirect: "manual";
    signal: AbortSignal;
  },
) => Promise<FetchAnswer>;

export type FetchAnswer = {
  status: number;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array> | null;
};

/** An HTTP answer that arrived completely. */
export type Exchange = { status: number; headers: FetchAnswer["headers"]; text: string };

const MOST_BYTES = 1024 * 1024;

/**
 * Sends one request and reads its answer, at most 1 MB of it. Redirects are not followed: they would carry the token along.
 *
 * @param request.signal ends the exchange, the reading included.
 * @throws EngineUnavailable when no complete answer came, EngineAnswerInvalid when it is too large.
 */
export async function exchange(
  fetch: Fetch,
  operation: string,
  { url, ...options }: { url: string } & Omit<Parameters<Fetch>[1], "redirect">,
): Promise<Exchange> {
  try {
    const { status, headers, body } = await fetch(url, { ...options, redirect: "manual" });
    return { status, headers, text: await readText(body, operation) };
  } catch (error) {
    if (error instanceof EngineAnswerInvalid) throw error;
    throw options.signal.aborted ? timedOut(operation) : interrupted(operation, error);
  }
}

async function readText(body: AsyncIterable<Uint8Array> | null, operation: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES)
      throw new EngineAnswerInvalid(operation, `answered more than ${MOST_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function timedOut(operation: string): EngineUnavailable {
  return new EngineUnavailable(operation, "no answer in time", { outcomeUnknown: true });
}

/** The reason is told by its code alone: the texts of network errors may quote headers. */
function interrupted(operation: string, error: unknown): EngineUnavailable {
  const { code, connecting } = reasonOf(error);
  const what = connecting ? "no connection" : "no complete answer";
  return new EngineUnavailable(operation, code ? `${what} (${code})` : what, { outcomeUnknown: !connecting });
}

const CODE = /^[A-Z][A-Z0-9_]{1,50}$/;

/** Failures before a connection stands: the request cannot have been seen. */
const beforeConnection =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/;

function reasonOf(error: unknown): { code: string | undefined; connecting: boolean } {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const { code, syscall } = (cause ?? {}) as { code?: unknown; syscall?: unknown };
  if (typeof code !== "string" || !CODE.test(code)) return { code: undefined, connecting: false };
  return { code, connecting: beforeConnection.test(code) || syscall === "connect" };
}
