import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const grant = (text: string) => ["BAD_REQUEST", "invalid_grant", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

const pending = ["BAD_REQUEST", "authorization_pending", "The user has not decided yet."] as const;
const tooFast = ["BAD_REQUEST", "slow_down", "The client asks more often than it may."] as const;
const refused = ["BAD_REQUEST", "access_denied", "The user, or somebody for the user, said no."] as const;
const unsigned = request("The client wants unsigned ID tokens, and there are none.");
const outrun = grant("Another request used the decision first. Nothing was issued.");

/** What the device grant (A242) and CIBA (A200) refuse at the token endpoint. `A9` codes are this engine's own: the API's are not known. */
export const pollRefusals = {
  A200001: refused,
  A200102: fault("The ID token could not be made."),
  A200103: fault("The access token could not be stored, because its value exists already."),
  A200201: fault("The extra properties are too big."),
  A200202: fault("The JWT access token could not be made."),
  A200301: request("The parameter auth_req_id is missing."),
  A200302: request("The parameter auth_req_id has no value."),
  A200303: request("The parameter auth_req_id is given more than once."),
  A200304: grant("There is no such auth_req_id, or it was used."),
  A200305: grant("The auth_req_id was issued to another client."),
  A200306: ["BAD_REQUEST", "unauthorized_client", "In push mode tokens do not come from the token endpoint."],
  A200307: ["BAD_REQUEST", "expired_token", "The auth_req_id has expired."],
  A200308: pending,
  A200309: unsigned,
  A200310: outrun,
  A901303: tooFast,
  A242001: refused,
  A242102: fault("The ID token could not be made."),
  A242103: fault("The access token could not be stored, because its value exists already."),
  A242201: fault("The extra properties are too big."),
  A242202: fault("The JWT access token could not be made."),
  A242301: request("The parameter device_code is missing."),
  A242302: request("The parameter device_code has no value."),
  A242303: request("The parameter device_code is given more than once."),
  A242304: grant("There is no such device_code, or it was used."),
  A242305: grant("The device_code was issued to another client."),
  A242306: ["BAD_REQUEST", "expired_token", "The device_code has expired."],
  A242307: pending,
  A242308: unsigned,
  A242309: outrun,
  A901302: tooFast,
} as const satisfies Record<string, RefusalRow>;
