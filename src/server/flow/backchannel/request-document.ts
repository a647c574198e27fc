import { z } from "zod";
import type { Client } from "../../authlete/client.ts";
import type { BackchannelAuthenticationResponse } from "../../authlete/messages/backchannel-authentication.ts";
import { describeClient, describeDetails } from "../authorization/describe-request.ts";
import { requestDocumentSchema } from "../authorization/request-document.ts";

/** A request that the engine found good, and whose person has to be found. */
export type GoodBackchannelRequest = Extract<
  BackchannelAuthenticationResponse,
  { action: "USER_IDENTIFICATION" }
>;

/** What is kept of a request until its person decides: the parts of an authorization request that it has too, and its own. */
const backchannelDocumentSchema = requestDocumentSchema
  .pick({
    ticket: true,
    client: true,
    scopes: true,
    dynamicScopes: true,
    details: true,
    resources: true,
  })
  .extend({
    /** What the client shows on its own device too, so that the person knows the two belong together (CIBA Core 7.1). */
    bindingMessage: z.string().optional(),
  });

export type BackchannelDocument = z.infer<typeof backchannelDocumentSchema>;

/** Puts together what a decision needs to know of a request. */
export function describeBackchannelRequest(
  request: GoodBackchannelRequest,
  client: Client | undefined,
): BackchannelDocument {
  const { ticket, scopes = [], dynamicScopes = [], bindingMessage } = request;
  return {
    ticket,
    client: describeClient({ clientId: request.clientId, clientName: request.clientName, ...client }, client),
    scopes: scopes.flatMap(({ name, description, descriptions }) =>
      name === undefined
        ? []
        : [{ name, ...(description ? { description } : {}), ...(descriptions ? { descriptions } : {}) }],
    ),
    dynamicScopes: dynamicScopes.flatMap(({ value }) => value ?? []),
    details: describeDetails(request.authorizationDetails),
    resources: request.resources ?? [],
    ...(bindingMessage ? { bindingMessage } : {}),
  };
}

/** The document of a sealed text; `undefined` when another release wrote it in another form. */
export function readBackchannelDocument(text: string): BackchannelDocument | undefined {
  return backchannelDocumentSchema.safeParse(JSON.parse(text)).data;
}
