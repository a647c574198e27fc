import { exportJWK, generateKeyPair } from "jose";
import * as openid from "openid-client";
import type { Client } from "../../../src/server/authlete/client.ts";
import type { Place } from "./place.ts";

/** A confidential client that authenticates with its secret, in the words of the Authlete API. */
const confidential: Client = {
  clientName: "Lighthouse Tours",
  clientType: "CONFIDENTIAL",
  tokenAuthMethod: "CLIENT_SECRET_BASIC",
};

/** Registers a client at the engine of a place, and lets openid-client find out about its server. */
export async function configured(
  place: Place,
  client: Client,
  own: { authentication?: openid.ClientAuth; metadata?: Partial<openid.ClientMetadata> } = {},
): Promise<openid.Configuration> {
  const { id, secret } = await place.createClient({ ...confidential, ...client });
  const authentication = own.authentication ?? openid.ClientSecretBasic(secret);
  return openid.discovery(new URL(place.origin), id, own.metadata ?? {}, authentication, {
    execute: [openid.allowInsecureRequests],
  });
}

/** A key of an application: the private half for its library, the public half for its registration. */
export async function applicationKey(alg: string) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const kid = "application-1";
  const jwk = { ...(await exportJWK(publicKey)), kid, use: "sig", alg };
  return { jwks: JSON.stringify({ keys: [jwk] }), jwk, key: { key: privateKey, kid } };
}
