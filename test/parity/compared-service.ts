import { Agent, fetch } from "undici";
import { createAuthleteClient } from "../../src/server/authlete/http-client.ts";
import type { OpenService } from "../contract/acceptance/service.ts";
import { patient } from "./patient.ts";

const names = ["AUTHLETE_BASE_URL", "AUTHLETE_SERVICE_ID", "AUTHLETE_API_TOKEN"] as const;

/** The service that the embedded engine is compared with. */
export type ComparedService = { baseUrl: string; serviceId: string; token: string };

/** The service that the environment names, or the variables that are missing for that; all of them where nobody asked for one. */
export function readComparedService(
  env: Readonly<Record<string, string | undefined>>,
): { service: ComparedService } | { missing: string[] } {
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) return { missing };
  const [baseUrl = "", serviceId = "", token = ""] = names.map((name) => env[name]);
  return { service: { baseUrl, serviceId, token } };
}

/** Whether nobody asked for a comparison: a part of the variables is a mistake. */
export function isUnset(missing: readonly string[]): boolean {
  return missing.length === names.length;
}

const CALL_TIMEOUT_MS = 240_000;

/** Reaches the service over HTTP. It allows few calls in a short time, so that each of them may have to wait. */
export function openComparedService(service: ComparedService): OpenService {
  return async () => {
    const dispatcher = new Agent();
    const authlete = createAuthleteClient({
      ...service,
      timeoutMs: CALL_TIMEOUT_MS,
      fetch: patient((url, request) => fetch(url, { ...request, dispatcher })),
    });
    return { authlete, clock: Date.now, close: () => dispatcher.destroy() };
  };
}
