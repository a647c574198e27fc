import type { Client } from "../../authlete/client.ts";
import type { Request } from "../../authlete/operations.ts";
import { refuseCall } from "../call-refusal.ts";
import type { EngineContext } from "../context.ts";
import type { EngineWriter, Random } from "../ports.ts";
import { clientSecret } from "./client-secret.ts";
import { readClientSettings } from "./client-settings.ts";

/** `client/create`: registers a client. Its number and its secret are the engine's choice. */
export async function createClient(
  context: EngineContext,
  request: Partial<Request<"client/create">>,
): Promise<Client> {
  const settings = readClientSettings(request);
  return context.store.write((writer) =>
    registerClient(
      { writer, context },
      { ...defaultsFor(settings), ...settings, clientSource: "STATIC_REGISTRATION" },
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
 * Stores a new client under a number that no other has. The call is refused (400) when another client has its alias.
 *
 * @returns the client with its number, its secret and its times.
 */
export async function registerClient(
  { writer, context }: { writer: EngineWriter; context: EngineContext },
  settings: Client,
): Promise<Client & { clientId: number }> {
  await checkAlias(writer, context.serviceId, settings);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const clientId = randomClientId(context.random);
    const client = {
      ...settings,
      number: clientId,
      clientId,
      clientSecret: clientSecret(context.random),
      createdAt: context.now,
      modifiedAt: context.now,
    };
    if (await writer.insertClient(context.serviceId, client)) return client;
  }
  throw new Error("no number is free for another client");
}

/** Nobody else may be found by the alias. Locking the service makes the check and the write that follows one step. */
export async function checkAlias(writer: EngineWriter, serviceId: string, client: Client): Promise<void> {
  if (!client.clientIdAlias) return;
  await writer.lockService(serviceId);
  const other = await writer.findClient(serviceId, client.clientIdAlias);
  if (other && other.clientId !== client.clientId) refuseCall("A126202", "clientIdAlias");
}

const FIRST = 10 ** 13;
const SPAN = 9 * 10 ** 13;

/** 14 digits: an integer that JSON carries exactly everywhere. */
function randomClientId(random: Random): number {
  const bytes = random(7);
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return FIRST + Number(number % BigInt(SPAN));
}
