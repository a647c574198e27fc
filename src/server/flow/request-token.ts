import type { TokenRequest, TokenResponse } from "../authlete/messages/token.ts";
import { backendOwner, recordTicket, SERVER_OWNER } from "../session/transaction.ts";
import { refuseSeenAccessToken } from "./access-token-rules.ts";
import type { Caller } from "./caller.ts";
import { type DurationGrant, requireShorterDurations } from "./duration-rules.ts";
import { askingEngine } from "./engine-failure.ts";
import { TicketgateError } from "./error.ts";
import type { FlowPorts } from "./ports.ts";
import { transactionPorts } from "./session-ports.ts";
import { checkExtras, type TokenExtras } from "./token-policy.ts";

/** A token request with extras in the form that callers give them. */
export type TokenRequestWithExtras = Omit<TokenRequest, keyof TokenExtras> & TokenExtras;

/** An answer of `auth/token` that the contract knows. */
export type KnownTokenResponse = Exclude<TokenResponse, { action: "UNKNOWN_ACTION" }>;

/**
 * `auth/token` for a back end or for code in this process. The ticket of a password grant is recorded as the caller's: nobody else may
 * issue or fail it.
 *
 * @throws TicketgateError BAD_REQUEST or FORBIDDEN for extras; ENGINE_UNAVAILABLE.
 */
export async function requestToken(
  ports: FlowPorts,
  caller: Caller,
  request: TokenRequestWithExtras,
): Promise<KnownTokenResponse> {
  const { properties, jwtAtClaims, accessToken, accessTokenDuration, refreshTokenDuration, ...rest } =
    request;
  const given = { properties, jwtAtClaims, accessToken, accessTokenDuration, refreshTokenDuration };
  const extras = checkExtras(caller, given);
  await requireShorterDurations(ports, grantOf(rest), extras);
  await refuseSeenAccessToken(ports, extras.accessToken);
  const answer = await askingEngine(() => ports.authlete["auth/token"]({ ...rest, ...extras }));
  if (answer.action === "PASSWORD") {
    const owner = caller.kind === "backend" ? backendOwner(caller.clientId) : SERVER_OWNER;
    const clientId = String(answer.clientId);
    await recordTicket(transactionPorts(ports), {
      ticket: answer.ticket,
      clientId,
      owner,
      scopes: answer.scopes ?? [],
    });
  }
  if (answer.action !== "UNKNOWN_ACTION") return answer;
  throw new TicketgateError("ENGINE_UNAVAILABLE", { detail: `auth/token: ${answer.receivedAction}` });
}

/** The client that the request says it comes from, in its Basic credentials or its parameters, and the scopes it asks for. */
function grantOf({ clientId, parameters }: Pick<TokenRequest, "clientId" | "parameters">): DurationGrant {
  const form = new URLSearchParams(parameters);
  const scopes = form.get("scope")?.split(" ").filter(Boolean) ?? [];
  return {
    clientId: clientId || form.get("client_id") || undefined,
    scopes: scopes.length > 0 ? scopes : undefined,
  };
}
