import type { Client } from "../../../../src/server/authlete/client.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { basic, form, ISSUER, openTestEngine, type TestEngine } from "../../../support/engine.ts";

/** Clients that may make backchannel authentication requests, one for each mode. */
export const poll = { id: "5000", secret: "a poll secret that is long enough for HS256" };
export const ping = { id: "5001", secret: "a ping secret that is long enough for HS256" };
export const push = { id: "5002", secret: "a push secret that is long enough for HS256" };

export const NOTIFICATION_TOKEN = "notify-me-8d67dc78-7faa-4d41-aabd-67707b374255";
export const NOTIFICATION_ENDPOINT = "https://client.example/notify";

/** An engine whose service has CIBA. */
export async function openBackchannelEngine(
  options: { file?: string; service?: Partial<Service> } = {},
): Promise<TestEngine> {
  const test = await openTestEngine({
    ...options,
    service: {
      supportedGrantTypes: ["CIBA", "REFRESH_TOKEN"],
      backchannelAuthenticationEndpoint: `${ISSUER}/ciba`,
      backchannelAuthReqIdDuration: 300,
      supportedAcrs: ["low", "high"],
      ...options.service,
    },
  });
  await test.setClient(poll.id, clientOf(poll, "POLL"));
  await test.setClient(ping.id, clientOf(ping, "PING"));
  await test.setClient(push.id, clientOf(push, "PUSH"));
  return test;
}

function clientOf({ secret }: { secret: string }, bcDeliveryMode: "POLL" | "PING" | "PUSH"): Partial<Client> {
  return {
    clientName: "Bank",
    clientSecret: secret,
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
    grantTypes: ["CIBA", "REFRESH_TOKEN"],
    bcDeliveryMode,
    ...(bcDeliveryMode === "POLL" ? {} : { bcNotificationEndpoint: NOTIFICATION_ENDPOINT }),
  };
}

export type Parameters = Record<string, string | readonly string[]>;
export type BackchannelClient = { id: string; secret: string };

const good: Parameters = { scope: "openid profile", login_hint: "alice@example.com" };

/** A request that is good for the client, with changes; an empty text takes a parameter away. */
export function authenticate(
  { engine }: TestEngine,
  { client = poll, parameters = {}, ...request }: RequestOptions = {},
) {
  const notification: Parameters = client === poll ? {} : { client_notification_token: NOTIFICATION_TOKEN };
  return engine["backchannel/authentication"]({
    parameters: form({ ...good, ...notification, ...parameters }),
    ...basic(client),
    ...request,
  });
}

export type RequestOptions = { client?: BackchannelClient; parameters?: Parameters } & Record<
  string,
  unknown
>;

/** The ticket of a fresh request. */
export async function freshTicket(test: TestEngine, options: RequestOptions = {}): Promise<string> {
  const answer = await authenticate(test, options);
  if (answer.action !== "USER_IDENTIFICATION") throw new Error(`no ticket: ${JSON.stringify(answer)}`);
  return answer.ticket;
}

/** A ticket whose client has its `auth_req_id`. */
export async function issuedTicket(test: TestEngine, options: RequestOptions = {}) {
  const ticket = await freshTicket(test, options);
  const answer = await test.engine["backchannel/authentication/issue"]({ ticket });
  if (answer.action !== "OK") throw new Error(`not issued: ${JSON.stringify(answer)}`);
  return { ticket, authReqId: answer.authReqId };
}

/** What is stored of a ticket. */
export async function storedTicket({ store }: TestEngine, ticket: string) {
  const found = await store.engine.read.findArtifact("backchannel_ticket", hashOf(ticket));
  if (!found) throw new Error("nothing is stored");
  return found;
}

/** A caller's account of a user who said yes. */
export const yes = { result: "AUTHORIZED", subject: "alice" } as const;
