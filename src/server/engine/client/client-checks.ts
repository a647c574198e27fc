import type { Client } from "../../authlete/client.ts";
import { isRedirectUri } from "../../oauth/redirect-uri.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import { LONGEST_SECONDS } from "../given.ts";
import { isPublicKeySet } from "../jose/jwk.ts";
import { readJsonObject } from "../json-object.ts";
import { isRequestUri, MOST_REQUEST_URIS } from "./request-uri.ts";

type Member = keyof Client & string;

/** A member of a client, and whether it is right beside the others. */
type Check = readonly [member: Member, isRight: (settings: Client) => boolean];

const checks: readonly Check[] = [
  ["clientIdAlias", ({ clientIdAlias }) => isIdentifier(clientIdAlias)],
  ["developer", ({ developer }) => isIdentifier(developer)],
  ["redirectUris", ({ redirectUris = [] }) => redirectUris.every(isRedirectUri)],
  ["jwks", ({ jwks }) => !jwks || isPublicKeySet(jwks)],
  // RFC 7591 2: the two must not both be there, because nobody could tell which one counts.
  ["jwksUri", ({ jwks, jwksUri }) => !jwksUri || (!jwks && isWebUrl(jwksUri))],
  ["sectorIdentifierUri", ({ sectorIdentifierUri }) => !sectorIdentifierUri || isSecure(sectorIdentifierUri)],
  [
    "requestUris",
    ({ requestUris = [] }) => requestUris.length <= MOST_REQUEST_URIS && requestUris.every(isRequestUri),
  ],
  ["customMetadata", ({ customMetadata }) => !customMetadata || readJsonObject(customMetadata) !== undefined],
  ["defaultMaxAge", ({ defaultMaxAge = 0 }) => isDuration(defaultMaxAge)],
  ["extension", ({ extension = {} }) => durationsOf(extension).every(isDuration)],
  // Who wants a content encryption wants encryption: without the other member there would be none.
  ["idTokenEncryptionEnc", (client) => !client.idTokenEncryptionEnc || !!client.idTokenEncryptionAlg],
  ["userInfoEncryptionEnc", (client) => !client.userInfoEncryptionEnc || !!client.userInfoEncryptionAlg],
  [
    "authorizationEncryptionEnc",
    (client) => !client.authorizationEncryptionEnc || !!client.authorizationEncryptionAlg,
  ],
  ["requestEncryptionEnc", (client) => !client.requestEncryptionEnc || !!client.requestEncryptionAlg],
  // CIBA Core 4: whoever is called back says where.
  ["bcNotificationEndpoint", (client) => !isCalledBack(client) || isSecure(client.bcNotificationEndpoint)],
  ...(["clientUri", "logoUri", "policyUri", "tosUri", "loginUri"] as const).map(
    (member): Check => [member, ({ [member]: uri }) => !uri || isWebUrl(uri)],
  ),
  ...(["clientUris", "logoUris", "policyUris", "tosUris"] as const).map(
    (member): Check => [member, ({ [member]: uris = [] }) => uris.every(({ value }) => isWebUrl(value))],
  ),
];

/** The first member of a client that is not what it can be, beyond its type and the values of its enumeration. */
export function failedCheck(settings: Client): Member | undefined {
  return checks.find(([, isRight]) => !isRight(settings))?.[0];
}

/** No identifier that somebody chooses is longer: the databases index them. */
const LONGEST_IDENTIFIER = 100;

function isIdentifier(text: string | undefined): boolean {
  return text === undefined || (isStorable(text) && text.length <= LONGEST_IDENTIFIER);
}

function durationsOf(extension: NonNullable<Client["extension"]>): number[] {
  const { accessTokenDuration = 0, refreshTokenDuration = 0, idTokenDuration = 0 } = extension;
  return [accessTokenDuration, refreshTokenDuration, idTokenDuration];
}

function isDuration(seconds: number): boolean {
  return seconds >= 0 && seconds <= LONGEST_SECONDS;
}

function isCalledBack({ bcDeliveryMode }: Client): boolean {
  return bcDeliveryMode === "PING" || bcDeliveryMode === "PUSH";
}

/** Pages link to such addresses: a browser must not run what it is sent to. */
function isWebUrl(text: string | undefined): boolean {
  return isUrl(text, /^https?:$/);
}

function isSecure(text: string | undefined): boolean {
  return isUrl(text, /^https:$/);
}

function isUrl(text: string | undefined, scheme: RegExp): boolean {
  return text !== undefined && URL.canParse(text) && scheme.test(new URL(text).protocol);
}
