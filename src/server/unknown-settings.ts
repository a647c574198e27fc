import { environmentSchema } from "./environment.ts";
import { nearestName } from "./nearest-name.ts";

const PREFIX = "TICKETGATE_";

/**
 * What Kubernetes and Docker put into every container beside a service whose name begins like ours: `TICKETGATE_SERVICE_HOST`,
 * `TICKETGATE_DB_PORT=tcp://10.0.0.1:5432` and so on. Nobody has set them.
 */
const INJECTED_NAME =
  /^TICKETGATE_(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)$/;
const INJECTED_ADDRESS = /^(?:tcp|udp|sctp):\/\//;

/** A variable that looks like a setting of Ticketgate and is none, and what to say of it. */
export type UnknownSetting = Readonly<{ name: string; problem: string }>;

/**
 * The variables that begin with `TICKETGATE_` and are no settings: most likely misspelt ones, without whose effect somebody believes to be
 * safe. What Kubernetes and Docker set beside a service of such a name does not count.
 *
 * @param env variables by name; an empty text counts as absent.
 */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>): UnknownSetting[] {
  return Object.entries(env)
    .filter(([name, value = ""]) => value !== "" && name.startsWith(PREFIX) && !isKnown(name))
    .filter(([name, value = ""]) => !isInjected(name, value))
    .map(([name]) => ({
      name,
      problem: `${name}: there is no such setting; the nearest is ${nearest(name)}`,
    }));
}

function isKnown(name: string): boolean {
  return Object.hasOwn(environmentSchema.shape, name);
}

function isInjected(name: string, value: string): boolean {
  return INJECTED_NAME.test(name) || (name.endsWith("_PORT") && INJECTED_ADDRESS.test(value));
}

/** Names without the prefix are compared: whoever writes `TICKETGATE_PORT` means `PORT`. */
function nearest(name: string): string {
  const [first = "", ...others] = Object.keys(environmentSchema.shape);
  const short = (known: string) => (known.startsWith(PREFIX) ? known.slice(PREFIX.length) : known);
  const meant = nearestName(short(name), [short(first), ...others.map(short)]);
  return [first, ...others].find((known) => short(known) === meant) ?? first;
}
