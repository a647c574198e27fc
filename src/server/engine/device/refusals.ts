import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const client = (text: string) => ["INVALID_CLIENT", "invalid_client", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What the operations of the device grant (RFC 8628) refuse. */
export const deviceRefusals = {
  A218303: request("The Authorization header and the parameter client_id name different clients."),
  A218305: client("There is no client with this identifier."),
  A219305: ["BAD_REQUEST", "invalid_scope", "The service demands a scope, and none is granted."],
  A221101: fault("No user code was found that is not in use."),
  A222101: fault("The service has no verification URI, so that the device grant cannot be used."),
  A222102: fault("The service has no duration of device codes, so that the device grant cannot be used."),
  A225201: fault("The user code is missing."),
  A225301: fault("There is no such user code, or it was used."),
  A225303: fault("The user code has expired."),
  A227201: fault("The user code is missing."),
  A227301: fault("There is no such user code."),
  A227303: fault("The user code has expired."),
  A228201: fault("The result is missing or unknown."),
  A229301: fault("The client of the user code does not exist any more, or is locked."),
  A230201: fault("The subject is missing."),
  A230202: fault("The subject is longer than 100 characters."),
  A230203: fault("The subject has a character that is not printable ASCII."),
  A231201: fault("The value for the claim sub is longer than 100 characters."),
  A231202: fault("The value for the claim sub has a character that is not printable ASCII."),
  A232201: fault("The time of the authentication is negative."),
  A233201: fault("The authentication context class is too long."),
  A233202: fault("The authentication context class has a character that is not printable ASCII."),
  A234201: fault("The claims are not a JSON object."),
  A235201: fault("The extra properties are too big."),
  A902201: fault("The extra claims of the access token are not a JSON object."),
  A236201: fault("The description of the error is too long."),
  A236202: fault("The URI of the error is too long."),
  A236203: fault("The URI of the error has a character that does not belong in a URI."),
  A239203: fault("The user code was decided upon already."),
  A257201: fault("The parameters of the ID token header are not a JSON object."),
} as const satisfies Record<string, RefusalRow>;
