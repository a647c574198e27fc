import type { Client } from "../authlete/client.ts";
import {
  applicationTypeSchema,
  clientAuthMethodSchema,
  grantTypeSchema,
  jwsAlgSchema,
  responseTypeSchema,
  subjectTypeSchema,
} from "../authlete/enumerations.ts";

/** What was written after `--name`, in order; `true` for an option without a value. */
export type Words = readonly (string | boolean)[];

/** An option of the command, and the member of the Client object that it sets. */
export type ClientOption = {
  type: "string" | "boolean";
  member: keyof Client & string;
  /** The member's value, or `undefined` when the words are not what they can be. */
  read: (words: Words) => unknown;
  help: string;
};

type Enumeration = { options: readonly string[] };

const last = (words: Words) => words.at(-1);
const text = (member: keyof Client & string, help: string): ClientOption => ({
  type: "string",
  member,
  read: last,
  help,
});
const texts = (member: keyof Client & string, help: string): ClientOption => ({
  type: "string",
  member,
  read: listed,
  help,
});
const flag = (member: keyof Client & string, help: string): ClientOption => ({
  type: "boolean",
  member,
  read: last,
  help,
});
const one = (member: keyof Client & string, values: Enumeration, help: string): ClientOption => ({
  type: "string",
  member,
  read: (words) => named(values, last(words)),
  help: `${help}: ${spelled(values)}`,
});
const many = (member: keyof Client & string, values: Enumeration, help: string): ClientOption => ({
  type: "string",
  member,
  read: (words) => all(listed(words).map((word) => named(values, word))),
  help: `${help}: ${spelled(values)}`,
});

/** The options that set one member of the Client object each. Those that take several values may be given more than once. */
export const clientOptions: Readonly<Record<string, ClientOption>> = {
  name: text("clientName", "what people are shown"),
  description: text("description", "a sentence about it"),
  "redirect-uri": texts("redirectUris", "where people come back to; may be repeated"),
  "grant-type": many("grantTypes", grantTypeSchema, "may be repeated"),
  "response-type": many("responseTypes", responseTypeSchema, "may be repeated"),
  "auth-method": one("tokenAuthMethod", clientAuthMethodSchema, "how it authenticates"),
  "application-type": one("applicationType", applicationTypeSchema, "what it is"),
  "subject-type": one("subjectType", subjectTypeSchema, "what it knows its users by"),
  "id-token-alg": one("idTokenSignAlg", jwsAlgSchema, "how its ID tokens are signed"),
  alias: text("clientIdAlias", "another name for its number"),
  "client-uri": text("clientUri", "its home page"),
  "logo-uri": text("logoUri", "its logo"),
  "policy-uri": text("policyUri", "its privacy policy"),
  "tos-uri": text("tosUri", "its terms of service"),
  contact: texts("contacts", "address of who is responsible; may be repeated"),
  "jwks-uri": text("jwksUri", "where its public keys are"),
  jwks: text("jwks", "its public keys: JSON text of a JWK Set"),
  "sector-identifier-uri": text("sectorIdentifierUri", "the document that ties its redirect URIs together"),
  "request-uri": texts("requestUris", "an https address of its request objects; may be repeated"),
  "request-object-alg": one("requestSignAlg", jwsAlgSchema, "how its request objects are signed"),
  "par-required": flag("parRequired", "requests have to be pushed"),
  "dpop-required": flag("dpopRequired", "tokens have to be bound to a DPoP key"),
};

/** How it takes part in logout: the members of the client's own metadata that these options set. */
export const logoutOptions = {
  "post-logout-redirect-uri": { type: "string", member: "post_logout_redirect_uris", many: true },
  "backchannel-logout-uri": { type: "string", member: "backchannel_logout_uri", many: false },
  "backchannel-logout-session-required": {
    type: "boolean",
    member: "backchannel_logout_session_required",
    many: false,
  },
  "frontchannel-logout-uri": { type: "string", member: "frontchannel_logout_uri", many: false },
  "frontchannel-logout-session-required": {
    type: "boolean",
    member: "frontchannel_logout_session_required",
    many: false,
  },
} as const;

/** The values of an option that may be repeated; a value may also be several, with commas between them. */
export function listed(words: Words): string[] {
  return words.flatMap((word) => String(word).split(",")).filter((word) => word !== "");
}

/** `authorization_code`, `AUTHORIZATION_CODE` and `urn:ietf:params:oauth:grant-type:device_code` are names of values. */
function named({ options }: Enumeration, word: string | boolean | undefined): string | undefined {
  const name = String(word).split(":").at(-1) ?? "";
  const value = name.replaceAll(/[-\s]/g, "_").toUpperCase();
  return options.find((option) => option === value);
}

function all(values: readonly (string | undefined)[]): string[] | undefined {
  return values.every((value) => value !== undefined) ? [...values] : undefined;
}

function spelled({ options }: Enumeration): string {
  return options.map((option) => option.toLowerCase()).join(", ");
}
