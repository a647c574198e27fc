import type { Client } from "../../authlete/client.ts";
import type { Request } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { internalNumber } from "../internal-number.ts";
import type { EngineWriter, Random } from "../ports.ts";
import { clientSecret } from "./client-secret.ts";
import { readClientSettings } from "./client-settings.ts";
import { checkAlias, checkClientsOfDeveloper, configuredDeveloper } from "./within-service.ts";

/** `client/create`: registers a client. Its number and its secret are the engine's choice. */
export async function createClient(
  context: EngineContext,
  request: Partial<Request<"client/create">>,
): Promise<Client> {
  const settings = readClientSettings(request);
  return context.store.write((writer) =>
    registerClient(
      { writer, context },
      {
        ...defaultsFor(settings),
        ...settings,
        ...configuredDeveloper(settings, {}),
        clientSource: "STATIC_REGISTRATION",
      },
    ),
  );
}

/** A confidential client authenticates with Basic credentials unless it says otherwise. */
function defaultsFor({ clientType = "CONFIDENTIAL" }: Client): Client {
  return {
    clientType,
    subjectType: "PUBLIC",
    idTokenSignAlg: "RS256",
    tokenAuthMethod: clientType === "PUBLIC" ? "NONE" : "CLIENT_SECRET_BASIC",
    dynamicallyRegistered: false,
  };
}

const TRIES = 8;

/**
 * Stores a new client under a number that no other has.
 *
 * @returns the client with its number, its secret and its times.
 * @throws CallRefusal (400) when another client has its alias, or its developer has too many clients.
 */
export async function registerClient(
  { writer, context }: { writer: EngineWriter; context: EngineContext },
  settings: Client,
): Promise<Client & { clientId: number }> {
  await checkAlias(writer, context.serviceId, settings);
  await checkClientsOfDeveloper(writer, context, settings);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const clientId = randomClientId(context.random);
    const client = {
      ...settings,
      number: internalNumber(clientId),
      clientId,
      clientSecret: clientSecret(context.random),
      createdAt: context.now,
      modifiedAt: context.now,
    };
    if (await writer.insertClient(context.serviceId, client)) return client;
  }
  throw new Error("no number is free for another client");
}

const FIRST = 10 ** 13;
const SPAN = 9 * 10 ** 13;

/** 14 digits: an integer that JSON carries exactly everywhere. */
function randomClientId(random: Random): number {
  const bytes = random(7);
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return FIRST + Number(number % BigInt(SPAN));
}
