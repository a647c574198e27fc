import type { Service } from "../authlete/service.ts";
import { askingEngine } from "./engine-failure.ts";
import { type FieldErrors, TicketgateError } from "./error.ts";
import { findClient } from "./find-client.ts";
import type { FlowPorts } from "./ports.ts";
import type { CheckedExtras } from "./token-policy.ts";

/** Whose tokens have a duration, and for which scopes. */
export type DurationGrant = { clientId: string | undefined; scopes: readonly string[] | undefined };

/**
 * A duration may be shorter than what service, client and scopes grant, never longer (threat T14). It is refused rather than cut, so that
 * nobody takes a token for one that lives longer. Asked of the engine only when there is a duration to compare.
 *
 * @param grant whose tokens these will be and what for. Without a client the service and its scopes alone set the limit; without
 *   scopes, which is when only the engine knows them, each scope of the service counts.
 * @throws TicketgateError BAD_REQUEST naming the field and the limit in seconds.
 */
export async function requireShorterDurations(
  ports: FlowPorts,
  grant: DurationGrant,
  extras: CheckedExtras,
): Promise<void> {
  const { accessTokenDuration, refreshTokenDuration } = extras;
  if (accessTokenDuration === undefined && refreshTokenDuration === undefined) return;
  const [service, client] = await askingEngine(() =>
    Promise.all([
      ports.authlete["service/get"]({}),
      // Of a client that does not exist the engine itself says so, to the call that comes after this.
      grant.clientId === undefined ? undefined : findClient(ports, grant.clientId),
    ]),
  );
  const most = (name: Name) =>
    least([service[name], client?.extension?.[name], ...scopeLimits(name, service, grant.scopes)]);
  const fields: FieldErrors = {
    ...errorFor("accessTokenDuration", accessTokenDuration, most("accessTokenDuration")),
    ...errorFor("refreshTokenDuration", refreshTokenDuration, most("refreshTokenDuration")),
  };
  if (Object.keys(fields).length > 0) throw new TicketgateError("BAD_REQUEST", { fields });
}

/**
 * A ticket that was not recorded is of a client that nobody knows here, so what that client is granted is not known either: it takes no
 * duration.
 *
 * @throws TicketgateError BAD_REQUEST naming the fields.
 */
export function refuseDurations(extras: CheckedExtras): void {
  const given = durationNames.filter((name) => extras[name] !== undefined);
  if (given.length === 0) return;
  const error = ["may be given only with a ticket of token.request"];
  const fields = Object.fromEntries(given.map((name) => [name, error]));
  throw new TicketgateError("BAD_REQUEST", { fields });
}

const durationNames = ["accessTokenDuration", "refreshTokenDuration"] as const;

type Name = (typeof durationNames)[number];

/** The attributes of a scope that limit tokens, in seconds. */
const scopeAttributes = {
  accessTokenDuration: "access_token.duration",
  refreshTokenDuration: "refresh_token.duration",
} as const;

function scopeLimits(name: Name, service: Service, scopes: readonly string[] | undefined): number[] {
  return (service.supportedScopes ?? [])
    .filter((scope) => scopes === undefined || scopes.includes(scope.name ?? ""))
    .flatMap(({ attributes }) => attributes ?? [])
    .filter(({ key }) => key === scopeAttributes[name])
    .map(({ value }) => Number(value));
}

/** The least limit that is said; nothing said is a limit of 0. */
function least(limits: readonly (number | undefined)[]): number {
  const said = limits.filter((limit) => limit !== undefined && limit > 0) as number[];
  return said.length > 0 ? Math.min(...said) : 0;
}

function errorFor(name: Name, asked: number | undefined, most: number): FieldErrors {
  return asked === undefined || asked <= most ? {} : { [name]: [`may be at most ${most} seconds`] };
}
