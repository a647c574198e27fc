import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const unauthorized = (text: string) => ["BAD_REQUEST", "unauthorized_client", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What token exchange refuses (RFC 8693 2.2.2). `A9` codes are this engine's own: the API's are not known. */
export const tokenExchangeRefusals = {
  A250302: request("A parameter of the token exchange is missing or has no value."),
  A901304: request("There is an actor_token_type without an actor_token."),
  A901101: fault("The access token could not be stored, because its value exists already."),
  A901201: fault("The extra properties are too big."),
  A901202: fault("The JWT access token could not be made."),
  A901307: request("The requested_token_type is not a known token type."),
  A901308: request("The type of the subject token or of the actor token is not a known token type."),
  A901309: request("Only clients that name themselves may exchange tokens."),
  A311304: unauthorized("Public clients may not exchange tokens."),
  A311305: unauthorized("The client may not exchange tokens."),
  A311306: request("The subject token or the actor token is no token of this service."),
  A901310: request("The subject token or the actor token has expired."),
  A901311: request("The subject token or the actor token is not a JWT of the kind that its type says."),
  A901312: request(
    "The subject token or the actor token is encrypted, and the service takes no encrypted ones.",
  ),
  A901313: request("The exp of the subject token or the actor token is wrong, or it is over."),
  A901314: request("The iat of the subject token or the actor token is wrong, or has not come yet."),
  A901315: request("The nbf of the subject token or the actor token is wrong, or has not come yet."),
  A901316: request(
    "The subject token or the actor token is not signed, and the service takes no unsigned ones.",
  ),
  A901317: request("The ID token has no exp."),
  A901318: request("The ID token has no iat."),
  A901319: request("The iss of the ID token is not the URL of an issuer."),
  A901320: request("The aud of the ID token is neither a text nor a list of texts."),
  A901321: request("The nonce of the ID token is not a text."),
  A901322: request("The ID token is not signed with an asymmetric algorithm."),
  A901323: request("The ID token comes from another issuer, whose keys are not known here."),
  A901324: request("The signature of the ID token is not the issuer's."),
  A901325: [
    "BAD_REQUEST",
    "invalid_scope",
    "The service demands a scope, and none that the client may have was asked for.",
  ],
  A901326: request("In Native SSO the subject token is an ID token of this service."),
  A901327: request("The ID token does not belong to a session of Native SSO."),
  A311337: request("In Native SSO the audience is the issuer, and nobody else."),
  A901328: ["BAD_REQUEST", "invalid_grant", "The session of the ID token has no live tokens any more."],
} as const satisfies Record<string, RefusalRow>;
