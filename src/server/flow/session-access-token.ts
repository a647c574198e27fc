import { Secret } from "../secret/secret.ts";
import type { Session } from "../session/records.ts";
import { openTokens, type SessionTokens, sealTokens } from "../session/session.ts";
import { askingEngine } from "./engine-failure.ts";
import { TicketgateError } from "./error.ts";
import type { FlowPorts } from "./ports.ts";
import { revokeTokens } from "./sign-out.ts";

/** A token that ends within this time is refreshed before it is used. */
const MARGIN_MS = 30_000;
const LEASE_MS = 15_000;
const POLL_MS = 50;

/** Refreshes under way in this process, by session. */
const underWay = new WeakMap<FlowPorts["sessions"], Map<string, Promise<Secret>>>();

/**
 * The access token of a session, for server code that calls a resource server on behalf of the person. It is
 * refreshed when it is about to end; of any number of calls at once, in any number of processes, one refreshes and the
 * others get its result.
 *
 * @param options.sleep waits for so many milliseconds: between looks at what another process is doing.
 * @throws TicketgateError UNAUTHORIZED when the session cannot be refreshed, which ends it; ENGINE_UNAVAILABLE when the
 *   engine does not answer, which does not.
 */
export async function sessionAccessToken(
  ports: FlowPorts,
  session: Session,
  options: { sleep: (ms: number) => Promise<void> },
): Promise<Secret> {
  const tokens = openTokens(ports.keyring, session);
  if (!tokens) throw await ended(ports, session, "no key opens the tokens of the session");
  if (session.accessTokenExpiresAt - ports.clock() > MARGIN_MS) return tokens.accessToken;
  const flights = underWay.get(ports.sessions) ?? new Map<string, Promise<Secret>>();
  underWay.set(ports.sessions, flights);
  const running = flights.get(session.idHash);
  if (running) return running;
  const flight = refreshed(ports, session, options).finally(() => flights.delete(session.idHash));
  flights.set(session.idHash, flight);
  return flight;
}

async function refreshed(
  ports: FlowPorts,
  session: Session,
  options: { sleep: (ms: number) => Promise<void> },
): Promise<Secret> {
  for (let waitedMs = 0; waitedMs <= LEASE_MS; waitedMs += POLL_MS) {
    const now = ports.clock();
    const current = await ports.sessions.find(session.idHash);
    if (!current) throw new TicketgateError("UNAUTHORIZED", { detail: "the session has ended" });
    const tokens = openTokens(ports.keyring, current);
    if (!tokens) throw await ended(ports, current, "no key opens the tokens of the session");
    if (current.accessTokenExpiresAt - now > MARGIN_MS) return tokens.accessToken;
    const lease = {
      idHash: current.idHash,
      tokenVersion: current.tokenVersion,
      now,
      leaseUntil: now + LEASE_MS,
    };
    if (await ports.sessions.leaseRefresh(lease)) return refreshUnderLease(ports, current, { tokens, lease });
    await options.sleep(POLL_MS);
  }
  throw new TicketgateError("ENGINE_UNAVAILABLE", { detail: "another process is still refreshing" });
}

type Lease = Parameters<FlowPorts["sessions"]["leaseRefresh"]>[0];

/** A refresh that fails gives its lease back, so that the next call need not wait for its end. */
async function refreshUnderLease(
  ports: FlowPorts,
  session: Session,
  { tokens, lease }: { tokens: SessionTokens; lease: Lease },
): Promise<Secret> {
  try {
    return await refresh(ports, session, tokens);
  } catch (error) {
    await ports.sessions.leaseRefresh({ ...lease, now: lease.leaseUntil, leaseUntil: lease.now });
    throw error;
  }
}

async function refresh(ports: FlowPorts, session: Session, tokens: SessionTokens): Promise<Secret> {
  const { refreshToken } = tokens;
  if (!refreshToken) throw await ended(ports, session, "there is no refresh token");
  const answer = await askEngine(ports, refreshToken);
  switch (answer.action) {
    case "OK": {
      const next = {
        accessToken: new Secret(answer.jwtAccessToken ?? answer.accessToken),
        refreshToken: answer.refreshToken === undefined ? refreshToken : new Secret(answer.refreshToken),
      };
      const stored = await ports.sessions.replaceTokens(session.idHash, session.tokenVersion, {
        sealedTokens: sealTokens(ports.keyring, session.idHash, next),
        accessTokenExpiresAt: answer.accessTokenExpiresAt ?? ports.clock(),
        scopes: answer.scopes ?? session.scopes,
      });
      if (!stored) throw await notStored(ports, session, next);
      return next.accessToken;
    }
    case "BAD_REQUEST":
      throw await ended(ports, session, `refresh refused ${answer.resultCode}`);
    default:
      throw new TicketgateError("ENGINE_UNAVAILABLE", {
        detail: `refresh: ${answer.action} ${answer.resultCode}`,
      });
  }
}

async function askEngine({ authlete, settings }: FlowPorts, refreshToken: Secret) {
  const parameters = new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: refreshToken.reveal(),
  });
  return askingEngine(() =>
    authlete["auth/token"]({
      parameters: parameters.toString(),
      clientId: settings.client.id,
      clientSecret: settings.client.secret,
    }),
  );
}

/** Who signed out during the refresh revoked the old tokens: the new ones must not outlive the session either. */
async function notStored(
  ports: FlowPorts,
  { idHash }: Session,
  tokens: SessionTokens,
): Promise<TicketgateError> {
  if (await ports.sessions.find(idHash))
    return new TicketgateError("ENGINE_UNAVAILABLE", { detail: "another process took over the refresh" });
  await revokeTokens(ports, tokens);
  return new TicketgateError("UNAUTHORIZED", { detail: "the session ended during the refresh" });
}

async function ended(ports: FlowPorts, session: Session, detail: string): Promise<TicketgateError> {
  await ports.sessions.remove(session.idHash);
  ports.log.warn("audit.session_ended", { subject: session.subject, reason: detail });
  return new TicketgateError("UNAUTHORIZED", { detail });
}
