import { answerFailure } from "../flow/oauth-failure.ts";
import type { FlowPorts } from "../flow/ports.ts";
import { errorAnswer, type OAuthAnswer, withHeaders } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import type { Endpoint } from "./endpoint.ts";
import { readFormRequest } from "./form-request.ts";
import { createResponse } from "./response.ts";

/** An answer as an HTTP response. */
export function reply({ status, headers, body }: OAuthAnswer): Response {
  return createResponse(body === "" ? null : body, { status, headers });
}

/** 404: no endpoint has the path. It says so as every other refusal does (RFC 6749 section 5.2). */
export function noEndpoint(): Response {
  return reply(
    errorAnswer(new OAuthError("invalid_request", "There is no endpoint at this address.", { status: 404 })),
  );
}

/** 405, and what is allowed (RFC 9110 section 15.5.6). */
export function methodNotAllowed(allow: string): Response {
  const error = new OAuthError("invalid_request", `The method must be ${allow}.`, { status: 405 });
  return reply(withHeaders(errorAnswer(error), { allow }));
}

/**
 * Makes an endpoint that takes form requests of client applications: POST, read, answered, and every failure turned into an
 * answer too.
 *
 * @param name the endpoint's name in the log.
 * @param flow the use case; `sent` is the request as it came, whose body has been read.
 */
export function createFormEndpoint(
  ports: FlowPorts,
  name: string,
  flow: (request: OAuthRequest, sent: Request) => Promise<OAuthAnswer>,
): Endpoint {
  return async (request) => {
    if (request.method !== "POST") return methodNotAllowed("POST");
    try {
      return reply(await flow(await readFormRequest(request, ports.settings), request));
    } catch (error) {
      return reply(answerFailure(ports, name, error));
    }
  };
}
