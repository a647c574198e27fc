import { hashOf } from "../secret/hash.ts";
import type { Keyring } from "../secret/keyring.ts";
import { Secret } from "../secret/secret.ts";
import type { Clock, Random, SessionStore } from "./ports.ts";
import type { Session } from "./records.ts";
import { isValue, newValue } from "./value.ts";

/** What sessions work with. `idleMs` and `absoluteMs` are milliseconds. */
export type SessionPorts = {
  sessions: SessionStore;
  keyring: Keyring;
  clock: Clock;
  random: Random;
  idleMs: number;
  absoluteMs: number;
};

const TOUCH_MS = 60_000;

/** The tokens of a session as they come from the engine. */
export type SessionTokens = { accessToken: Secret; refreshToken: Secret | undefined };

/** Who signed in, and with what result. Times are milliseconds since the epoch. */
export type NewSession = Pick<
  Session,
  "subject" | "clientId" | "scopes" | "accessTokenExpiresAt" | "trip" | "methods"
> & {
  tokens: SessionTokens;
};

/**
 * Makes a session under a new id (an id from before the sign-in is never kept: threat T10) and seals its tokens.
 *
 * @returns the cookie's value; only its hash is stored.
 */
export async function createSession(ports: SessionPorts, session: NewSession): Promise<string> {
  const id = newValue(ports.random);
  const idHash = hashOf(id);
  const now = ports.clock();
  const { tokens, ...rest } = session;
  await ports.sessions.insert({
    ...rest,
    idHash,
    sealedTokens: sealTokens(ports.keyring, idHash, tokens),
    tokenVersion: 0,
    authenticatedAt: now,
    lastSeenAt: now,
    expiresAt: now + ports.absoluteMs,
  });
  return id;
}

/**
 * Finds the session of a cookie's value. One that has not been used for too long, or has reached its end, is no session. Use is
 * noted once a minute.
 */
export async function readSession(ports: SessionPorts, id: string | undefined): Promise<Session | undefined> {
  if (!isValue(id)) return undefined;
  const session = await ports.sessions.find(hashOf(id));
  const now = ports.clock();
  if (!session || sessionEnd(ports, session) <= now) return undefined;
  if (now - session.lastSeenAt < TOUCH_MS) return session;
  await ports.sessions.touch(session.idHash, now);
  return { ...session, lastSeenAt: now };
}

/** When a session ends if nobody uses it: milliseconds since the epoch. */
export function sessionEnd({ idleMs }: Pick<SessionPorts, "idleMs">, session: Session): number {
  return Math.min(session.expiresAt, session.lastSeenAt + idleMs);
}

/** Removes the session of a cookie's value and gives it, once. */
export async function endSession(ports: SessionPorts, id: string | undefined): Promise<Session | undefined> {
  return isValue(id) ? ports.sessions.remove(hashOf(id)) : undefined;
}

/** Seals tokens so that they open only in the session they belong to. */
export function sealTokens(keyring: Keyring, idHash: string, tokens: SessionTokens): string {
  const text = JSON.stringify([tokens.accessToken.reveal(), tokens.refreshToken?.reveal() ?? null]);
  return keyring.seal(text, idHash);
}

/** The tokens of a session, or `undefined` when no key opens them any more. */
export function openTokens(
  keyring: Keyring,
  session: Pick<Session, "sealedTokens" | "idHash">,
): SessionTokens | undefined {
  const text = keyring.open(session.sealedTokens, session.idHash);
  if (text === undefined) return undefined;
  const [accessToken, refreshToken] = JSON.parse(text) as [string, string | null];
  return {
    accessToken: new Secret(accessToken),
    refreshToken: refreshToken === null ? undefined : new Secret(refreshToken),
  };
}
