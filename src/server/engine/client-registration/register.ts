import type { Client } from "../../authlete/client.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import type { Service } from "../../authlete/service.ts";
import { hashOf } from "../../secret/hash.ts";
import { registerClient } from "../client/create.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { EngineWriter } from "../ports.ts";
import { randomValue } from "../random-value.ts";
import { refuse, result } from "../refusal.ts";
import { checkClientMetadata } from "./metadata-rules.ts";
import { readClientMetadata } from "./read-metadata.ts";
import { checkSectorDocument } from "./sector-document.ts";
import { clientInformation } from "./write-metadata.ts";

/** `client/registration`: registers a client from its metadata (RFC 7591 3). An initial access token is the caller's to check. */
export async function register(
  context: EngineContext,
  request: Partial<Request<"client/registration">>,
): Promise<Response<"client/registration">> {
  checkRegistrationIsSupported(context.service);
  const { client: settings } = readClientMetadata(context.service, requiredJson(request.json));
  checkClientMetadata(settings);
  await checkSectorDocument(context, settings);
  const token = randomValue(context.random);
  const client = await context.store.write(async (writer) => {
    await checkSoftwareIsNew(context, writer, settings);
    return registerClient(
      { writer, context },
      {
        ...settings,
        dynamicallyRegistered: true,
        clientSource: "DYNAMIC_REGISTRATION",
        registrationAccessTokenHash: hashOf(token),
      },
    );
  });
  return {
    ...result("A202001", "The client is registered."),
    action: "CREATED",
    responseContent: clientInformation(context.service, client, token),
    client,
  };
}

/** Refuses every call while the service does not want clients to register themselves. */
export function checkRegistrationIsSupported({ dynamicRegistrationSupported }: Service): void {
  if (!dynamicRegistrationSupported) refuse("A206201");
}

/** The metadata of a call, which it has to have. */
export function requiredJson(json: unknown): string {
  return givenNonEmptyText(json) ?? refuse("A203302");
}

const BATCH = 100;

/** One registration for each piece of software, where the service wants that. */
async function checkSoftwareIsNew(
  { service, serviceId }: EngineContext,
  writer: EngineWriter,
  { softwareId }: Client,
): Promise<void> {
  if (!service.dcrDuplicateSoftwareIdBlocked || !softwareId) return;
  await writer.lockService(serviceId);
  for (let offset = 0; ; offset += BATCH) {
    const clients = await writer.listClients(serviceId, {}, { offset, limit: BATCH });
    if (clients.some((client) => client.softwareId === softwareId)) refuse("A900310");
    if (clients.length < BATCH) return;
  }
}
