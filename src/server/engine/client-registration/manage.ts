import type { Client } from "../../authlete/client.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import { CallRefusal } from "../call-refusal.ts";
import type { StoredClient } from "../client/find-client.ts";
import { changeClient } from "../client/update.ts";
import type { EngineContext } from "../context.ts";
import { refuse, result } from "../refusal.ts";
import { isInMetadata } from "./metadata-names.ts";
import { checkClientMetadata } from "./metadata-rules.ts";
import { readClientMetadata } from "./read-metadata.ts";
import { checkRegistrationIsSupported, requiredJson } from "./register.ts";
import { findRegisteredClient } from "./registration-access-token.ts";
import { checkSectorDocument } from "./sector-document.ts";
import { clientInformation } from "./write-metadata.ts";

/** `client/registration/get`: the registration of a client (RFC 7592 2.1). */
export async function getRegistration(
  context: EngineContext,
  request: Partial<Request<"client/registration/get">>,
): Promise<Response<"client/registration/get">> {
  checkRegistrationIsSupported(context.service);
  const { client, token } = await findRegisteredClient(context, request);
  return {
    ...result("A217001", "This is the registration of the client."),
    action: "OK",
    responseContent: clientInformation(context.service, client, token),
    client,
  };
}

/** `client/registration/update`: replaces the registration of a client (RFC 7592 2.2). What the metadata leave out is reset. */
export async function updateRegistration(
  context: EngineContext,
  request: Partial<Request<"client/registration/update">>,
): Promise<Response<"client/registration/update">> {
  checkRegistrationIsSupported(context.service);
  const { client: registered, token } = await findRegisteredClient(context, request);
  const { client: settings, metadata } = readClientMetadata(context.service, requiredJson(request.json));
  checkIdentity(registered, metadata);
  checkClientMetadata(settings);
  await checkSectorDocument(context, settings);
  const client = await replaceRegistration(context, registered.clientId, settings);
  return {
    ...result("A213001", "The registration is replaced."),
    action: "UPDATED",
    responseContent: clientInformation(context.service, client, token),
    client,
  };
}

/** A client cannot become another one, and cannot choose its secret (RFC 7592 2.2). */
function checkIdentity(client: StoredClient, metadata: Readonly<Record<string, unknown>>): void {
  const { client_id: clientId, client_secret: secret } = metadata;
  if (clientId === undefined) refuse("A214301");
  if (clientId !== String(client.clientId)) refuse("A214302");
  if (secret !== undefined && secret !== client.clientSecret) refuse("A215304");
}

async function replaceRegistration(
  context: EngineContext,
  clientId: number,
  settings: Client,
): Promise<StoredClient> {
  try {
    return await changeClient(context, clientId, (client) => ({
      ...settings,
      ...notTheirs(client),
      ...(settings.extension && { extension: { ...client.extension, ...settings.extension } }),
    }));
  } catch (error) {
    // It was deleted meanwhile, and with it the token.
    if (error instanceof CallRefusal && error.code === "A001212") return refuse("A215307");
    throw error;
  }
}

/** Everything that metadata cannot say is not for the client itself to change: limits that the service's owner set above all. */
function notTheirs(client: Client): Client {
  return Object.fromEntries(Object.entries(client).filter(([member]) => !isInMetadata(member)));
}

/** `client/registration/delete`: ends the registration of a client (RFC 7592 2.3). */
export async function deleteRegistration(
  context: EngineContext,
  request: Partial<Request<"client/registration/delete">>,
): Promise<Response<"client/registration/delete">> {
  checkRegistrationIsSupported(context.service);
  const { client } = await findRegisteredClient(context, request);
  const isDeleted = await context.store.write((writer) =>
    writer.deleteClient(context.serviceId, client.clientId),
  );
  if (!isDeleted) refuse("A215307");
  return { ...result("A216001", "The client is not registered any more."), action: "DELETED" };
}
