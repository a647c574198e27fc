import type { Client } from "../authlete/client.ts";
import { EngineRefusedCall } from "../authlete/error.ts";
import type { Service } from "../authlete/service.ts";
import { askingEngine } from "./engine-failure.ts";
import { type FieldErrors, TicketgateError } from "./error.ts";
import type { FlowPorts } from "./ports.ts";
import type { CheckedExtras } from "./token-policy.ts";

/**
 * A duration may be shorter than what service and client grant, never longer (threat T14). It is refused rather than cut, so that
 * nobody takes a token for one that lives longer. Asked of the engine only when there is a duration to compare.
 *
 * @param clientId whose ticket it is; `undefined` when only the engine knows, and then the service alone sets the limit.
 * @throws TicketgateError BAD_REQUEST naming the field and the limit in seconds.
 */
export async function requireShorterDurations(
  ports: FlowPorts,
  clientId: string | undefined,
  extras: CheckedExtras,
): Promise<void> {
  const { accessTokenDuration, refreshTokenDuration } = extras;
  if (accessTokenDuration === undefined && refreshTokenDuration === undefined) return;
  const [service, client] = await askingEngine(() =>
    Promise.all([
      ports.authlete["service/get"]({}),
      clientId === undefined ? undefined : findClient(ports, clientId),
    ]),
  );
  const fields: FieldErrors = {
    ...errorFor("accessTokenDuration", accessTokenDuration, limit("accessTokenDuration", service, client)),
    ...errorFor("refreshTokenDuration", refreshTokenDuration, limit("refreshTokenDuration", service, client)),
  };
  if (Object.keys(fields).length > 0) throw new TicketgateError("BAD_REQUEST", { fields });
}

/** Of a client that does not exist the engine itself says so, to the call that comes after this. */
async function findClient({ authlete }: FlowPorts, clientId: string): Promise<Client | undefined> {
  try {
    return await authlete["client/get"]({ clientId });
  } catch (error) {
    if (error instanceof EngineRefusedCall && error.status === 404) return undefined;
    throw error;
  }
}

type Name = "accessTokenDuration" | "refreshTokenDuration";

/** The least of what service and client say; nothing said is a limit of 0. */
function limit(name: Name, service: Service, client: Client | undefined): number {
  const given = [service[name], client?.extension?.[name]].filter(
    (value) => value !== undefined && value > 0,
  );
  return given.length > 0 ? Math.min(...(given as number[])) : 0;
}

function errorFor(name: Name, asked: number | undefined, most: number): FieldErrors {
  return asked === undefined || asked <= most ? {} : { [name]: [`may be at most ${most} seconds`] };
}
