import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const grant = (text: string) => ["BAD_REQUEST", "invalid_grant", text] as const;
const scope = (text: string) => ["BAD_REQUEST", "invalid_scope", text] as const;
const target = (text: string) => ["BAD_REQUEST", "invalid_target", text] as const;
const unsupported = (text: string) => ["BAD_REQUEST", "unsupported_grant_type", text] as const;
const unauthorized = (text: string) => ["BAD_REQUEST", "unauthorized_client", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What `auth/token` refuses after it knows the client. */
export const tokenRefusals = {
  A047201: fault("The call lacks the parameters of the token request."),
  A047202: fault("The parameters of the token request are not a text."),
  A047301: request("The token request has no parameters."),
  A047302: unauthorized("The client may not use this grant type."),
  A049301: request("The parameter grant_type is missing."),
  A049302: request("The parameter grant_type has no value."),
  A049303: request("The parameter grant_type is given more than once."),
  A049304: unsupported("The grant type is unknown."),
  A049305: unsupported("The service does not support this grant type."),
  A049306: unsupported("The implicit grant does not use the token endpoint."),
  A051301: request("The parameter username is missing."),
  A051302: request("The parameter username has no value."),
  A051303: request("The parameter username is given more than once."),
  A051304: request("The parameter password is missing."),
  A051305: request("The parameter password has no value."),
  A051306: request("The parameter password is given more than once."),
  A051307: request("The parameter scope is given more than once."),
  A051308: scope("The service demands a scope, and none that the client may have was asked for."),
  A052101: fault("The access token could not be stored, because its value exists already."),
  A052201: fault("The extra properties are too big."),
  A052202: fault("The JWT access token could not be made."),
  A052301: unauthorized("A public client may not use its own credentials as a grant."),
  A052302: request("The parameter scope is given more than once."),
  A052303: scope("The service demands a scope, and none that the client may have was asked for."),
  A053101: fault("The access token could not be stored, because its value exists already."),
  A053201: fault("The extra properties are too big."),
  A053202: fault("The JWT access token could not be made."),
  A053301: request("The parameter refresh_token is missing."),
  A053302: request("The parameter refresh_token has no value."),
  A053303: request("The parameter refresh_token is given more than once."),
  A053304: request("The parameter scope is given more than once."),
  A053305: grant("The refresh token does not exist."),
  A053307: grant("The refresh token was issued to another client."),
  A053308: grant("The refresh token has expired."),
  A053309: scope("A scope goes beyond what was granted."),
  A053311: grant("The refresh token is bound to another key."),
  A053310: grant("The refresh token was used by another request in the meantime."),
  A251307: target("A resource is not an absolute URI."),
  A251308: target("A resource has a fragment."),
  A901305: [
    "BAD_REQUEST",
    "invalid_authorization_details",
    "An authorization detail goes beyond what was granted.",
  ],
  A250301: request("A request parameter is given more than once."),
  A901306: target("A resource goes beyond what was granted."),
} as const satisfies Record<string, RefusalRow>;
