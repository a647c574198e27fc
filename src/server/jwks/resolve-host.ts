import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";

const TRY_MS = 1_000;
const TRIES = 2;

/**
 * All addresses of a host, those of IPv4 first. The name servers are asked directly: a look-up through the system would hold one of the few
 * threads of this process for as long as somebody else's name server likes.
 *
 * @throws Error when the host has no address.
 */
export async function resolveHost(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  if (host === "localhost" || host.endsWith(".localhost")) return ["127.0.0.1"];
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const addresses = found.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  if (addresses.length === 0) throw new Error("the host has no address");
  return addresses;
}
