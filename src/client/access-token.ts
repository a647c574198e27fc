import { TicketgateClientError } from "./client-error.ts";

const SCOPE = "token:issue";
const MARGIN_MS = 30_000;
const MARGIN_SHARE = 0.1;

/** Where a back end's own access token comes from. */
export type AccessTokenSource = {
  /** An access token that is good for a while yet; asks for one when there is none. */
  get(): Promise<string>;
  /** Drops a token that was refused, unless it has been replaced already. */
  forget(token: string): void;
};

type Held = { token: string; renewAt: number };

/**
 * Gets an access token by client credentials (RFC 6749 4.4) and keeps it until shortly before it expires. Any number of
 * callers at once wait for one request.
 *
 * @param options.clock milliseconds on a clock that never goes back.
 * @param options.fetch ends by itself when there is no answer in time.
 */
export function createAccessTokenSource(options: {
  origin: string;
  clientId: string;
  clientSecret: string;
  fetch: typeof globalThis.fetch;
  clock: () => number;
}): AccessTokenSource {
  let held: Held | undefined;
  let asking: Promise<Held> | undefined;

  async function renew(): Promise<Held> {
    asking ??= ask(options).finally(() => {
      asking = undefined;
    });
    held = await asking;
    return held;
  }

  return {
    async get() {
      const good = held && options.clock() < held.renewAt ? held : await renew();
      return good.token;
    },
    forget(token) {
      if (held?.token === token) held = undefined;
    },
  };
}

async function ask(options: Parameters<typeof createAccessTokenSource>[0]): Promise<Held> {
  const askedAt = options.clock();
  const response = await options.fetch(`${options.origin}/oauth/token`, {
    method: "POST",
    headers: { accept: "application/json", authorization: basicCredentials(options) },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: SCOPE }),
    redirect: "error",
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok || !isTokenAnswer(answer)) throw refused(response.status, answer);
  const lifetime = answer.expires_in * 1000;
  const margin = Math.min(MARGIN_MS, lifetime * MARGIN_SHARE);
  return { token: answer.access_token, renewAt: askedAt + lifetime - margin };
}

/** Client id and secret are form-encoded before they are joined (RFC 6749 2.3.1). */
function basicCredentials({ clientId, clientSecret }: { clientId: string; clientSecret: string }): string {
  return `Basic ${btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`)}`;
}

function formEncoded(value: string): string {
  return new URLSearchParams({ value }).toString().slice("value=".length);
}

function isTokenAnswer(answer: unknown): answer is { access_token: string; expires_in: number } {
  const { access_token, expires_in } = (answer ?? {}) as Record<string, unknown>;
  return typeof access_token === "string" && typeof expires_in === "number" && expires_in > 0;
}

function refused(status: number, answer: unknown): TicketgateClientError {
  const { error } = (answer ?? {}) as Record<string, unknown>;
  return new TicketgateClientError({
    code: "TOKEN_REFUSED",
    status,
    text: typeof error === "string" && /^[\w.:/-]{1,100}$/.test(error) ? error : "no access token was given",
    advice: "Check the client's id and secret, and that it may have the scope token:issue.",
  });
}
