import type { Request, Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import { managedGrantMembers } from "../authorization/managed-grant.ts";
import { attributeMembers, clientMembers } from "../client/client-members.ts";
import type { Caller } from "../client-authentication/credentials.ts";
import { authenticatedClient } from "../client-request/authenticated-client.ts";
import type { OwnCodes } from "../client-request/own-codes.ts";
import { readParameters } from "../client-request/parameters.ts";
import { requestedScopeMembers } from "../client-request/requested-scopes.ts";
import type { EngineContext } from "../context.ts";
import { randomValue } from "../random-value.ts";
import { refuse, result } from "../refusal.ts";
import type { BackchannelGrant } from "./backchannel-grant.ts";
import { type BackchannelRequest, readBackchannelRequest } from "./backchannel-request.ts";
import { deliveryModeOf, pushedConfirmation } from "./delivery.ts";
import { checkBackchannelFapi } from "./fapi.ts";
import { backchannelLifetime } from "./lifetime.ts";
import { sealForTicket } from "./seals.ts";
import { resolveRequest } from "./signed-request.ts";

type Call = Partial<Request<"backchannel/authentication">>;

const codes: OwnCodes = {
  A048304: "A168310",
  A048312: "A168303",
  A048323: "A168310",
  A244303: "A168301",
  A244304: "A168302",
  A244305: "A168309",
};

/**
 * `backchannel/authentication`: a backchannel authentication request (CIBA Core 7.1) from its parameters to a ticket. The
 * caller finds out who is meant, then issues or fails with the ticket.
 */
export async function authenticateBackchannel(
  context: EngineContext,
  request: Call,
): Promise<Response<"backchannel/authentication">> {
  const form = readParameters(request.parameters);
  const caller = await confidentialClient(context, request, form);
  const mode = deliveryModeOf(context.service, caller.client);
  const resolved = await resolveRequest(context, caller, form);
  const read = await readBackchannelRequest(context, caller, { form: resolved.form, mode });
  checkBackchannelFapi(context, caller, { isSigned: resolved.isSigned, read });
  const confirmation =
    mode === "PUSH" ? await pushedConfirmation(context, caller.client, request) : undefined;
  const ticket = await storeUnderNewTicket(context, read, {
    ...read.grant,
    ...(confirmation ? { confirmation } : {}),
  });
  return {
    ...result("A179001", "The request can go on: find the user, then issue or fail."),
    action: "USER_IDENTIFICATION",
    ticket,
    ...callerMembers(context, caller, read.grant),
    ...(await managedGrantMembers(context, read.grant.grantManagement ?? {})),
    ...requestMembers(read),
    ...(resolved.requestContext === undefined ? {} : { requestContext: resolved.requestContext }),
  };
}

async function confidentialClient(
  context: EngineContext,
  request: Call,
  form: ReturnType<typeof readParameters>,
): Promise<Caller> {
  const caller = await authenticatedClient(context, request, {
    form,
    endpoint: "backchannel_authentication",
    grantType: "CIBA",
    codes,
  });
  return caller.client.clientType === "PUBLIC" ? refuse("A168311") : caller;
}

/**
 * The notification token is a bearer token of the client's: it is kept only for the holder of the ticket, and only if it
 * will be used.
 */
async function storeUnderNewTicket(
  context: EngineContext,
  { notificationToken }: BackchannelRequest,
  grant: BackchannelGrant,
): Promise<string> {
  const ticket = randomValue(context.random);
  const sealed =
    notificationToken !== undefined && grant.deliveryMode !== "POLL"
      ? sealForTicket(context, ticket, { part: "client_notification_token", value: notificationToken })
      : undefined;
  await context.store.write((transaction) =>
    transaction.insertArtifact({
      kind: "backchannel_ticket",
      keyHash: hashOf(ticket),
      aliasHash: undefined,
      serviceId: context.serviceId,
      clientId: grant.clientId,
      document: { ...grant, ...(sealed === undefined ? {} : { sealedNotificationToken: sealed }) },
      revision: 0,
      spentAt: undefined,
      createdAt: context.now,
      expiresAt: context.now + backchannelLifetime(context.service, grant) * 1000,
    }),
  );
  return ticket;
}

function callerMembers({ service }: EngineContext, caller: Caller, grant: BackchannelGrant) {
  const { client, clientAuthMethod } = caller;
  const { claimNames, acrs, resources, authorizationDetails } = grant;
  return {
    ...clientMembers(client, caller.aliasUsed),
    ...(client.clientName ? { clientName: client.clientName } : {}),
    clientAuthMethod,
    deliveryMode: grant.deliveryMode,
    ...requestedScopeMembers(service, grant.scopes),
    ...(claimNames ? { claimNames } : {}),
    ...(acrs ? { acrs } : {}),
    ...(resources.length > 0 ? { resources } : {}),
    ...(authorizationDetails ? { authorizationDetails } : {}),
    ...attributeMembers(service, client),
  };
}

function requestMembers(read: BackchannelRequest) {
  const { hint, notificationToken, bindingMessage, userCode, userCodeRequired, warnings } = read;
  return {
    ...hint,
    ...(notificationToken === undefined ? {} : { clientNotificationToken: notificationToken }),
    ...(bindingMessage === undefined ? {} : { bindingMessage }),
    ...(userCode === undefined ? {} : { userCode }),
    userCodeRequired,
    requestedExpiry: read.grant.requestedExpiry ?? 0,
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}
