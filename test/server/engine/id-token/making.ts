import { createLocalJWKSet } from "jose";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import { type IdTokenRequest, idTokenFor } from "../../../../src/server/engine/id-token/id-token.ts";
import { Refusal } from "../../../../src/server/engine/refusal.ts";
import { ISSUER, jwtParts, testKeys } from "../../../support/engine.ts";
import { engineContext } from "../../../support/engine-context.ts";

export const at = Date.UTC(2030, 0, 1);
export const secret = "s".repeat(64);
export const client: Client = { clientId: 4000, clientType: "CONFIDENTIAL", clientSecret: secret };
export const grant: IdTokenRequest["grant"] = {
  subject: "alice",
  scopes: ["openid", "profile"],
  clientIdAliasUsed: false,
};
const request: IdTokenRequest = { client, grant, besideAccessToken: true };

export async function make(change: Partial<IdTokenRequest> = {}, service: Partial<Service> = {}) {
  const context = engineContext({ issuer: ISSUER, jwks: await testKeys(), ...service }, { at });
  return idTokenFor(context, { ...request, ...change });
}

export const claimsOf = async (change: Partial<IdTokenRequest> = {}, service: Partial<Service> = {}) =>
  jwtParts(await make(change, service)).payload;

export async function refusedWith(change: Partial<IdTokenRequest>, service: Partial<Service> = {}) {
  const failure = await make(change, service).catch((error: unknown) => error);
  return failure instanceof Refusal ? failure.code : `no refusal: ${String(failure)}`;
}

export async function serviceKeys() {
  const { keys } = JSON.parse(await testKeys()) as { keys: Record<string, unknown>[] };
  return createLocalJWKSet({ keys: keys.map(({ d: _d, ...key }) => key) } as Parameters<
    typeof createLocalJWKSet
  >[0]);
}

export const expected = { issuer: ISSUER, audience: "4000", currentDate: new Date(at) };
