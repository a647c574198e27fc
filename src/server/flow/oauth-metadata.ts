import type { OAuthAnswer } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import { issuerPath, publishedMetadata } from "../oauth/server-metadata.ts";
import { offersOf } from "./account/self-service.ts";
import type { FlowPorts } from "./ports.ts";

/** Metadata are for everybody, browsers on other origins included. */
const headers = {
  "content-type": "application/json;charset=UTF-8",
  "cache-control": "public, max-age=600",
  "access-control-allow-origin": "*",
  "x-content-type-options": "nosniff",
} as const;

const CACHE_MS = 60_000;

type Published = { body: string; path: string };

/**
 * Makes the use case that answers with the server's metadata (RFC 8414, OpenID Connect Discovery 1.0). The engine is asked at most once a
 * minute; a failure is not remembered.
 *
 * @returns a function from what stands behind the document's well-known name in the path, which is empty or the path of the issuer, to
 *   the answer. It rejects with OAuthError 404 for the path of no issuer of ours, and with EngineError when the engine cannot be asked.
 */
export function createMetadataReader(
  ports: Pick<FlowPorts, "authlete" | "clock" | "settings" | "selfService">,
): (suffix: string) => Promise<OAuthAnswer> {
  let cached: { value: Published; until: number } | undefined;

  async function read(): Promise<Published> {
    if (cached !== undefined && ports.clock() < cached.until) return cached.value;
    const document = await ports.authlete["service/configuration"]({});
    const { certificateHeader, registration, passwordGrantClients } = ports.settings;
    const published = publishedMetadata(document, {
      certificates: certificateHeader !== undefined,
      registration: registration.access !== "off",
      passwordGrant: passwordGrantClients.size > 0,
      accountRegistration: offersOf(ports).registration,
    });
    const value = { body: JSON.stringify(published), path: issuerPath(published.issuer) };
    cached = { value, until: ports.clock() + CACHE_MS };
    return value;
  }

  return async (suffix) => {
    const { body, path } = await read();
    if (suffix !== "" && suffix !== path) {
      throw new OAuthError("invalid_request", "There is no issuer of this name.", { status: 404 });
    }
    return { status: 200, headers, body };
  };
}
