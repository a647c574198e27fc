import { withoutNulls } from "../../authlete/absent.ts";
import { type Service, serviceSchema } from "../../authlete/service.ts";
import { refuseCall } from "../call-refusal.ts";
import { readJwks } from "../jose/jwk.ts";
import { unlistedMember } from "../unlisted-member.ts";

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

const readOnly: ReadonlySet<string> = new Set(readOnlyMembers);

/**
 * What a request sets of the service. Members that the API does not know, and those that the engine sets itself, are left
 * aside. The call is refused (400), with the name of the member, when one is not what it can be.
 */
export function readServiceSettings(request: Service): Service {
  const given = withoutNulls(request) as Service;
  const known = Object.keys(serviceSchema.shape).filter((name) => given[name] !== undefined);
  const settings = Object.fromEntries(
    known.filter((name) => !readOnly.has(name)).map((name) => [name, given[name]]),
  );
  const parsed = serviceSchema.safeParse(settings);
  if (!parsed.success) return refuseCall("A126202", String(parsed.error.issues[0]?.path[0]));
  const wrong = wrongMember(parsed.data);
  return wrong === undefined ? parsed.data : refuseCall("A126202", wrong);
}

function wrongMember(settings: Service): string | undefined {
  return unlistedMember(serviceSchema, settings) ?? wrongDuration(settings) ?? failedCheck(settings);
}

/** Every duration of a service is a number of seconds; 0 counts as not set. */
function wrongDuration(settings: Service): string | undefined {
  const durations = Object.keys(serviceSchema.shape).filter((name) => name.endsWith("Duration"));
  return durations.find((name) => typeof settings[name] === "number" && settings[name] < 0);
}

function failedCheck(settings: Service): string | undefined {
  return checks.find(([, isRight]) => !isRight(settings))?.[0];
}

const checks: readonly (readonly [
  member: keyof Service & string,
  isRight: (settings: Service) => boolean,
])[] = [
  ["issuer", ({ issuer }) => issuer === undefined || isIssuer(issuer)],
  ["jwks", ({ jwks }) => !jwks || readJwks(jwks).length > 0],
  ["supportedScopes", ({ supportedScopes = [] }) => areScopes(supportedScopes.map(({ name }) => name))],
  ["userCodeLength", ({ userCodeLength = 0 }) => userCodeLength >= 0 && userCodeLength <= 255],
];

/** A URL without query and fragment (RFC 8414 2). Plain http is for development. */
function isIssuer(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !/[?#]/.test(text);
}

/** RFC 6749 3.3, and each name once. */
function areScopes(names: readonly (string | undefined)[]): boolean {
  const areTokens = names.every((name) => name !== undefined && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(name));
  return areTokens && new Set(names).size === names.length;
}
