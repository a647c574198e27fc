import { BlockList, isIP, isIPv4 } from "node:net";

/** Networks of IPv4 that are not the public internet (IANA special-purpose address registry). */
const special4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/** Networks within the global unicast of IPv6 that lead elsewhere: tunnels, documentation, benchmarks. */
const special6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const special = new BlockList();
for (const [network, prefix] of special4) special.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of special6) special.addSubnet(network, prefix, "ipv6");

/** All that is public in IPv6. IPv4 written as IPv6 (`::ffff:10.0.0.1`, `64:ff9b::a00:1`) stands outside of it. */
const globalUnicast6 = new BlockList();
globalUnicast6.addSubnet("2000::", 3, "ipv6");

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether an address belongs to the public internet. What is no address does not. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (isIPv4(address)) return !special.check(address, "ipv4");
  return globalUnicast6.check(address, "ipv6") && !special.check(address, "ipv6");
}

/** Whether an address is this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  return loopback.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}
