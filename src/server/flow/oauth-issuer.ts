import type { FlowPorts } from "./ports.ts";

/** What of the service's settings stands in answers about tokens. */
export type Issuer = { issuer: string | undefined; tokenType: string };

const CACHE_MS = 60_000;

/**
 * Makes a reader of the service's issuer that asks the engine at most once a minute. A failure is not remembered.
 *
 * @returns a function that gives the issuer; it rejects with an EngineError when the engine cannot be asked.
 */
export function createIssuerReader({
  authlete,
  clock,
}: Pick<FlowPorts, "authlete" | "clock">): () => Issuer | Promise<Issuer> {
  let cached: { value: Issuer; until: number } | undefined;
  return () => (cached !== undefined && clock() < cached.until ? cached.value : read());

  async function read(): Promise<Issuer> {
    const { issuer, accessTokenType } = await authlete["service/get"]({});
    const value = { issuer, tokenType: accessTokenType ?? "Bearer" };
    cached = { value, until: clock() + CACHE_MS };
    return value;
  }
}
