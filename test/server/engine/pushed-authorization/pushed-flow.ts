import type { Client } from "../../../../src/server/authlete/client.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { basic, form, ISSUER, openTestEngine, type TestEngine } from "../../../support/engine.ts";

export const ENDPOINT = `${ISSUER}/par`;

/** A confidential client (Basic) and a public one, which may get codes. */
export const web = { id: "4000", secret: "web-secret" };
export const app = { id: "4001" };

/** An engine whose service takes pushed authorization requests. */
export async function openPushEngine(): Promise<TestEngine> {
  const test = await openTestEngine({
    service: {
      supportedGrantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
      supportedResponseTypes: ["CODE"],
      authorizationEndpoint: `${ISSUER}/authorize`,
      pushedAuthReqEndpoint: ENDPOINT,
    },
  });
  const shared: Partial<Client> = {
    redirectUris: ["https://client.example/cb"],
    responseTypes: ["CODE"],
    grantTypes: ["AUTHORIZATION_CODE"],
  };
  await test.setClient(web.id, {
    ...shared,
    clientSecret: web.secret,
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
  });
  await test.setClient(app.id, { ...shared, clientType: "PUBLIC", tokenAuthMethod: "NONE" });
  return test;
}

/** A request that is good for the confidential client. */
export const good = {
  response_type: "code",
  client_id: web.id,
  redirect_uri: "https://client.example/cb",
  scope: "openid profile",
  state: "af0ifjsldkj",
  nonce: "n-0S6_WzA2Mj",
};

export type Parameters = Record<string, string | readonly string[]>;

/** A push of the confidential client. */
export function push(
  { engine }: TestEngine,
  parameters: Parameters = good,
  request: Record<string, unknown> = {},
) {
  return engine.pushed_auth_req({ parameters: form(parameters), ...basic(web), ...request });
}

/** The `request_uri` of a push that has to succeed. */
export async function pushed(
  test: TestEngine,
  parameters: Parameters = good,
  request: Record<string, unknown> = {},
): Promise<string> {
  const answer = await push(test, parameters, request);
  if (answer.action !== "CREATED") throw new Error(`nothing pushed: ${JSON.stringify(answer)}`);
  return answer.requestUri;
}

/** What is kept of a push. */
export function stored({ store }: TestEngine, requestUri: string) {
  return store.engine.read.findArtifact("pushed_request", hashOf(requestUri));
}

/** An authorization request by reference. */
export function open({ engine }: TestEngine, requestUri: string, clientId: string = web.id) {
  return engine["auth/authorization"]({ parameters: form({ client_id: clientId, request_uri: requestUri }) });
}
