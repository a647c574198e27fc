import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { checkRequest } from "./check-request.ts";
import { layFoundation } from "./foundation.ts";
import { interaction } from "./interaction.ts";
import { findClient } from "./parameters/client-id.ts";
import { readParameters } from "./request-parameters.ts";
import { resolveParameters } from "./request-source.ts";
import { answeringByChannel } from "./response/answering.ts";
import { throughChannel } from "./response/channel.ts";
import { openTicket } from "./ticket.ts";

/**
 * `auth/authorization`: an authorization request (RFC 6749 4.1.1, OIDC Core 3.1.2) from its parameters to a ticket that waits for a
 * decision, or to an error. Errors go by redirect once client and redirection URI are known, and in the body before.
 */
export async function authorize(
  context: EngineContext,
  call: Partial<Request<"auth/authorization">>,
): Promise<Response<"auth/authorization">> {
  return answeringByChannel(context, async () => {
    const form = readParameters(call.parameters);
    const caller = await findClient(context, form);
    const parameters = await resolveParameters(context, caller, form);
    const { channel, known } = await layFoundation(context, caller, parameters);
    return throughChannel(
      () => channel,
      async () => {
        const request = await checkRequest({ ...caller, context, parameters, known });
        const note = givenNonEmptyText(call.context);
        const document = { request, ...(note === undefined ? {} : { context: note }) };
        return interaction(context, caller, { request, ticket: await openTicket(context, document) });
      },
    );
  });
}
