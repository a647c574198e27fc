import { isIPv4, isIPv6 } from "node:net";

/**
 * The address of who calls, for limits: an IPv4 address, or the network of an IPv6 address, since one caller has all addresses of a
 * network of 64 bits.
 *
 * @param header the header in which the proxy in front puts it. Of a list the last one counts, which that proxy added; what is before it
 *   the caller may have written.
 * @returns `undefined` when there is no such header, or something else stands in it. The address of the connection is no substitute: it is
 *   the proxy's, and the same for everybody.
 */
export function callerAddress(headers: Pick<Headers, "get">, header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = headers.get(header)?.split(",").at(-1)?.trim() ?? "";
  const address = /^\[(?<inner>[^\]]*)\]$/.exec(text)?.groups?.inner ?? text;
  if (isIPv4(address)) return address;
  return isIPv6(address) && !address.includes("%") ? networkOf(address) : undefined;
}

/** `URL` writes an address in its one short form: small letters, no leading zeros, IPv4 inside it as hexadecimal. */
function networkOf(address: string): string {
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = short.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill("0");
  const groups = [...before, ...zeros, ...after];
  const isMapped = groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  return isMapped ? ipv4Of(groups.slice(6)) : `${groups.slice(0, 4).join(":")}::/64`;
}

function ipv4Of(groups: readonly string[]): string {
  return groups
    .map((group) => Number.parseInt(group, 16))
    .flatMap((bits) => [bits >> 8, bits & 0xff])
    .join(".");
}
