import type { Client } from "../../../authlete/client.ts";
import type { ResponseType } from "../../../authlete/enumerations.ts";
import type { Service } from "../../../authlete/service.ts";
import { givenList } from "../../given.ts";
import { refuse } from "../../refusal.ts";
import { givenParameter, type RequestParameters } from "../request-parameters.ts";
import { responseTypeOf } from "../response/response-type.ts";

/** `response_type` (RFC 6749 3.1.1): which of the known ones the request wants. */
export function readResponseType(parameters: RequestParameters): ResponseType {
  const value = givenParameter(parameters, "response_type", ["A005395", "A009303"]);
  if (value === undefined) return refuse("A009301");
  if (value === "") return refuse("A009302");
  return responseTypeOf(value) ?? refuse("A009304");
}

/** Service and client have to agree to it. Where one of them lists nothing it is the code that is meant (RFC 7591 2). */
export function checkResponseType(service: Service, client: Client, responseType: ResponseType): void {
  if (!listed(service.supportedResponseTypes).includes(responseType)) refuse("A009305");
  if (!listed(client.responseTypes).includes(responseType)) refuse("A009306");
}

function listed(responseTypes: readonly string[] | null | undefined): readonly string[] {
  return givenList(responseTypes) ?? ["CODE"];
}
