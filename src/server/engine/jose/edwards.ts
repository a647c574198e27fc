const FULLY_SPECIFIED: ReadonlySet<unknown> = new Set(["Ed25519", "Ed448"]);

/**
 * The name under which an algorithm is registered at a client and a service. RFC 9864 gave each curve of EdDSA a name of its own, and
 * libraries sign under those; the API knows only the one for both. Which curve it is, the key says.
 */
export function registeredAlgorithm(alg: unknown): unknown {
  return FULLY_SPECIFIED.has(alg) ? "EdDSA" : alg;
}
