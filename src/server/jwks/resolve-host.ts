import { lookup } from "node:dns/promises";

/** All addresses of a host, as this machine sees them. */
export async function resolveHost(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}
