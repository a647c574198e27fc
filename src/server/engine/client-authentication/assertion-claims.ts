import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import { checkTimes, type TimeDefect } from "../jose/times.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import { isExpectedAudience } from "./assertion-audience.ts";
import { clientClockAheadMs } from "./client-clock.ts";
import type { ClientEndpoint } from "./endpoint.ts";
import { aliasAllowed } from "./identify-client.ts";

/** What is needed to use an assertion up. */
export type AssertionClaims = {
  jti: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
};

/** An assertion is made for one request: one that lives for longer than a day was made to be kept. */
const LONGEST_LIFE_MS = 24 * 60 * 60 * 1000;

/** Checks the claims of an assertion (RFC 7523 3) one after the other. */
export function readAssertionClaims(
  context: EngineContext,
  client: Client,
  {
    payload = refuse("A157314"),
    endpoint,
  }: { payload: Record<string, unknown> | undefined; endpoint: ClientEndpoint },
): AssertionClaims {
  if (!isClient(context, client, payload.iss)) refuse("A157315");
  if (!isClient(context, client, payload.sub)) refuse("A157316");
  if (!isExpectedAudience(context.service, client, { aud: payload.aud, endpoint })) refuse("A157318");
  const expiresAt = checkLife(context, client, payload);
  const { jti } = payload;
  return { expiresAt, jti: typeof jti === "string" && jti !== "" ? jti : refuse("A157324") };
}

function isClient({ service }: EngineContext, client: Client, name: unknown): boolean {
  if (typeof name !== "string" || name === "") return false;
  return name === String(client.clientId) || (aliasAllowed(service, client) && name === client.clientIdAlias);
}

function checkLife(context: EngineContext, client: Client, payload: Record<string, unknown>): number {
  const aheadMs = clientClockAheadMs(context, client);
  const defect = checkTimes(context, payload, { required: ["exp"], aheadMs });
  if (defect) refuse(timeCodes[defect]);
  const expiresAt = Number(payload.exp) * 1000;
  return expiresAt - context.now <= LONGEST_LIFE_MS ? expiresAt : refuse("A157320");
}

const timeCodes: Record<TimeDefect, RefusalCode> = {
  exp_missing: "A157319",
  exp_malformed: "A157320",
  exp_passed: "A157320",
  nbf_missing: "A157321",
  nbf_malformed: "A157322",
  nbf_future: "A157322",
  iat_missing: "A157323",
  iat_malformed: "A157323",
  iat_future: "A157323",
};
