import type { OAuthAnswer } from "../oauth/answer.ts";
import { publicJwkSet } from "../oauth/jwk-set.ts";
import type { FlowPorts } from "./ports.ts";

/** Public keys are for everybody, browsers on other origins included, and for ten minutes (RFC 7517 section 8.5). */
const headers = {
  "content-type": "application/jwk-set+json",
  "cache-control": "public, max-age=600",
  "access-control-allow-origin": "*",
  "x-content-type-options": "nosniff",
} as const;

/**
 * Answers with the public keys of the service. Whatever the engine gives, private members stay here.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function answerJwksRequest({ authlete }: Pick<FlowPorts, "authlete">): Promise<OAuthAnswer> {
  const { keys } = await authlete["service/jwks/get"]({});
  return { status: 200, headers, body: JSON.stringify(publicJwkSet(keys)) };
}
