import { withoutNulls } from "../../authlete/absent.ts";
import { type Client, clientSchema } from "../../authlete/client.ts";
import { refuseCall } from "../call-refusal.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import { readJwks } from "../jose/jwk.ts";
import { readJsonObject } from "../json-object.ts";
import { unlistedMember } from "../unlisted-member.ts";
import { isRedirectUri } from "./redirect-uri.ts";

/** What the engine itself sets: callers may send it, because they read, change and write the whole, and it has no effect. */
export const readOnlyMembers = [
  "number",
  "serviceNumber",
  "clientId",
  "clientSecret",
  "createdAt",
  "modifiedAt",
  "clientSource",
  "dynamicallyRegistered",
  "registrationAccessTokenHash",
  "locked",
  "automaticallyRegistered",
  "explicitlyRegistered",
  "trustChain",
  "trustChainExpiresAt",
  "trustChainUpdatedAt",
  "metadataDocumentLocation",
  "metadataDocumentExpiresAt",
  "metadataDocumentUpdatedAt",
  "discoveredByMetadataDocument",
] as const satisfies readonly (keyof Client)[];

const readOnly: ReadonlySet<string> = new Set(readOnlyMembers);

/**
 * What a request sets of a client. Members that the API does not know, and those that the engine sets itself, are left aside.
 * The call is refused (400), with the name of the member, when one is not what it can be.
 */
export function readClientSettings(request: Client): Client {
  const given = withoutNulls(request) as Client;
  const known = Object.keys(clientSchema.shape).filter((name) => given[name] !== undefined);
  const settings = Object.fromEntries(
    known.filter((name) => !readOnly.has(name)).map((name) => [name, given[name]]),
  );
  const parsed = clientSchema.safeParse(settings);
  if (!parsed.success) return refuseCall("A126202", String(parsed.error.issues[0]?.path[0]));
  const wrong = wrongMember(parsed.data);
  return wrong === undefined ? parsed.data : refuseCall("A126202", wrong);
}

/** The first member with a value that it cannot have. */
export function wrongMember(settings: Client): string | undefined {
  return unlistedMember(clientSchema, settings) ?? checks.find(([, isRight]) => !isRight(settings))?.[0];
}

const checks: readonly (readonly [member: keyof Client & string, isRight: (settings: Client) => boolean])[] =
  [
    ["clientIdAlias", ({ clientIdAlias }) => clientIdAlias === undefined || isStorable(clientIdAlias)],
    ["developer", ({ developer }) => developer === undefined || isStorable(developer)],
    ["redirectUris", ({ redirectUris = [] }) => redirectUris.every(isRedirectUri)],
    ["jwks", ({ jwks }) => !jwks || isPublicKeySet(jwks)],
    // RFC 7591 2: the two must not both be there, because nobody could tell which one counts.
    ["jwksUri", ({ jwks, jwksUri }) => !jwksUri || (!jwks && isHttpUrl(jwksUri))],
    [
      "sectorIdentifierUri",
      ({ sectorIdentifierUri }) => !sectorIdentifierUri || isHttpUrl(sectorIdentifierUri),
    ],
    [
      "customMetadata",
      ({ customMetadata }) => !customMetadata || readJsonObject(customMetadata) !== undefined,
    ],
    ["defaultMaxAge", ({ defaultMaxAge = 0 }) => defaultMaxAge >= 0],
    ["extension", ({ extension = {} }) => durationsOf(extension).every((duration) => duration >= 0)],
  ];

function durationsOf(extension: NonNullable<Client["extension"]>): number[] {
  const { accessTokenDuration = 0, refreshTokenDuration = 0, idTokenDuration = 0 } = extension;
  return [accessTokenDuration, refreshTokenDuration, idTokenDuration];
}

/** A set without keys would mean a client that can never authenticate or decrypt: a mistake, not a wish. */
function isPublicKeySet(jwks: string): boolean {
  return readJwks(jwks).length > 0;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
