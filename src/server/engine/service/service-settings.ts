import { type Service, serviceSchema } from "../../authlete/service.ts";
import { refuseCall } from "../call-refusal.ts";
import { isStandardMetadata } from "../client-registration/metadata-names.ts";
import { LONGEST_SECONDS } from "../given.ts";
import { readJwks } from "../jose/jwk.ts";
import { jwsAlgorithm } from "../jose/jws-algorithm.ts";
import { readSettings } from "../read-settings.ts";
import { isWebUri, wrongUri } from "./service-uris.ts";

/** What the engine itself sets: callers may send it, because they read, change and write the whole, and it has no effect. */
export const readOnlyMembers = [
  "number",
  "apiKey",
  "apiSecret",
  "serviceOwnerNumber",
  "createdAt",
  "modifiedAt",
  "hsks",
] as const satisfies readonly (keyof Service)[];

/**
 * What a request sets of the service.
 *
 * @throws CallRefusal (400) with the name of the first member that is not what it can be.
 */
export function readServiceSettings(request: object): Service {
  const settings = readSettings(serviceSchema, { request, readOnly: readOnlyMembers });
  const wrong = wrongNumber(settings) ?? wrongUri(settings) ?? failedCheck(settings);
  return wrong === undefined ? settings : refuseCall("A126202", wrong);
}

/** Durations in seconds, intervals, lengths and limits; 0 counts as not set. */
function wrongNumber(settings: Service): string | undefined {
  const numbers = Object.entries(settings).filter(([, value]) => typeof value === "number");
  return numbers.find(([, value]) => Number(value) < 0 || Number(value) > LONGEST_SECONDS)?.[0];
}

function failedCheck(settings: Service): string | undefined {
  return checks.find(([, isRight]) => !isRight(settings))?.[0];
}

type Check = readonly [member: keyof Service & string, isRight: (settings: Service) => boolean];

const checks: readonly Check[] = [
  ["issuer", ({ issuer }) => issuer === undefined || isIssuer(issuer)],
  ["jwks", ({ jwks }) => !jwks || readJwks(jwks).length > 0],
  ["accessTokenSignAlg", ({ accessTokenSignAlg: alg }) => !alg || jwsAlgorithm(alg) !== undefined],
  ["supportedScopes", ({ supportedScopes = [] }) => areScopes(supportedScopes.map(({ name }) => name))],
  [
    "supportedCustomClientMetadata",
    ({ supportedCustomClientMetadata: names = [] }) => !names.some(isStandardMetadata),
  ],
  ["userCodeLength", ({ userCodeLength = 0 }) => userCodeLength <= LONGEST_USER_CODE],
];

const LONGEST_USER_CODE = 255;

/** A URL without query and fragment (RFC 8414 2). */
function isIssuer(text: string): boolean {
  return isWebUri(text) && !/[?#]/.test(text);
}

/** RFC 6749 3.3, and each name once. */
function areScopes(names: readonly (string | undefined)[]): boolean {
  const areTokens = names.every((name) => name !== undefined && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(name));
  return areTokens && new Set(names).size === names.length;
}
