import type { Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import { createKeyring } from "../../secret/keyring.ts";
import type { EngineContext } from "../context.ts";
import type { SpentRefreshToken } from "../records.ts";
import { refuse } from "../refusal.ts";

type Answer = Response<"auth/token">;
type IssuedAnswer = Extract<Answer, { action: "OK" | "NATIVE_SSO" | "ID_TOKEN_REISSUABLE" }>;

/** For how long a spent refresh token gives the same answer again, where the service wants that. */
const IDEMPOTENCY_WINDOW_MS = 60_000;

/** Keeps the answer of a refresh so that only the holder of the spent refresh token can read it. */
export function sealAnswer(context: EngineContext, refreshToken: string, answer: Answer): string {
  return keyringOf(context, refreshToken).seal(JSON.stringify(answer), hashOf(refreshToken));
}

/**
 * Answers a request with a refresh token that is not live. Within the window of an idempotent service a spent one gives
 * the pair it was exchanged for. Anywhere else its use means that two parties hold it, so the tokens
 * that came of it are revoked (RFC 9700 4.14.2).
 */
export async function answerSpentRefreshToken(
  context: EngineContext,
  refreshToken: string,
  clientId: number,
): Promise<Answer> {
  const { store, serviceId } = context;
  const spent = await store.read.findSpentRefreshToken(serviceId, hashOf(refreshToken));
  if (!spent) return refuse("A053305");
  const answer = repeatedAnswer(context, spent, refreshToken);
  if (answer?.clientId === clientId && (await isLive(context, spent, answer))) return answer;
  await store.write((transaction) => transaction.deleteToken(serviceId, spent.tokenId));
  return refuse("A053305");
}

function repeatedAnswer(
  context: EngineContext,
  spent: SpentRefreshToken,
  refreshToken: string,
): IssuedAnswer | undefined {
  const elapsedMs = context.now - spent.spentAt;
  if (!context.service.refreshTokenIdempotent || elapsedMs >= IDEMPOTENCY_WINDOW_MS) return undefined;
  if (spent.sealedAnswer === undefined) return undefined;
  const text = keyringOf(context, refreshToken).open(spent.sealedAnswer, spent.refreshTokenHash);
  if (text === undefined) return undefined;
  const answer: IssuedAnswer = JSON.parse(text);
  const { responseContent } = answer;
  const body =
    responseContent === undefined ? {} : { responseContent: withElapsed(responseContent, elapsedMs) };
  return { ...answer, ...body, previousRefreshTokenUsed: true };
}

/** `expires_in` counts from the moment of the answer. */
function withElapsed(responseContent: string, elapsedMs: number): string {
  const body = JSON.parse(responseContent) as { expires_in: number };
  body.expires_in = Math.max(0, body.expires_in - Math.floor(Math.max(0, elapsedMs) / 1000));
  return JSON.stringify(body);
}

/** Once the new refresh token was used itself, the old one has no business any more. */
async function isLive(context: EngineContext, spent: SpentRefreshToken, answer: IssuedAnswer) {
  if (answer.refreshToken === undefined) return false;
  const row = await context.store.read.findByRefreshToken(context.serviceId, hashOf(answer.refreshToken));
  return row?.id === spent.tokenId;
}

function keyringOf({ random }: EngineContext, refreshToken: string) {
  return createKeyring([refreshToken], { purpose: "spent refresh token", random });
}
