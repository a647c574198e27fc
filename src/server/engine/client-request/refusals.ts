import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const unauthorized = (text: string) => ["BAD_REQUEST", "unauthorized_client", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;

/** What is wrong with the request of a client application before its endpoint looks at it. */
export const clientRequestRefusals = {
  A166201: fault("The call lacks the parameters of the request."),
  A166202: fault("The parameters of the request are not a text."),
  A166301: request("The request has no parameters."),
  A166302: request("A parameter that has to be there is missing."),
  A166303: request("A parameter that has to be there has no value."),
  A166304: request("A parameter is given more than once."),
  A166305: unauthorized("The service does not support this grant type."),
  A166306: unauthorized("The client may not use this grant type."),
} as const satisfies Record<string, RefusalRow>;
