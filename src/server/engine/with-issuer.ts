import type { Service } from "../authlete/service.ts";

/** A service under another issuer: the addresses that stood under the old one move along, at any depth. */
export function withIssuer(service: Service, issuer: string): Service {
  const { issuer: old } = service;
  const moved = old === undefined ? service : (movedTo(service, { old, issuer }) as Service);
  return { ...moved, issuer };
}

function movedTo(value: unknown, move: { old: string; issuer: string }): unknown {
  if (typeof value === "string") {
    const isUnder = value === move.old || value.startsWith(`${move.old}/`);
    return isUnder ? move.issuer + value.slice(move.old.length) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => movedTo(element, move));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, movedTo(member, move)]));
}
