import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import Provider from "oidc-provider";
import { REDIRECT_URI, SCOPES } from "../engine/client.ts";

/**
 * The peer: oidc-provider with its in-memory adapter. Access tokens are opaque, ID tokens ES256, refresh tokens rotate: as at the
 * engine. Under `/bench/` it makes, outside the measurement, what a request presents.
 */
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const port = Number(process.env.PORT);
const clientId = process.env.BENCH_CLIENT_ID as string;
const ACCOUNT = "usr_bench";

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: clientId,
      client_secret: process.env.BENCH_CLIENT_SECRET as string,
      grant_types: [
        "client_credentials",
        "authorization_code",
        "refresh_token",
        "urn:ietf:params:oauth:grant-type:device_code",
        "urn:openid:params:grant-type:ciba",
      ],
      response_types: ["code"],
      redirect_uris: [REDIRECT_URI],
      id_token_signed_response_alg: "ES256",
      backchannel_token_delivery_mode: "poll",
    },
  ],
  features: {
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    deviceFlow: { enabled: true },
    // Only its token endpoint is asked: the requests are made below.
    ciba: {
      enabled: true,
      deliveryModes: ["poll"],
      triggerAuthenticationDevice: async () => {},
      validateRequestContext: async () => {},
      verifyUserCode: async () => {},
    },
    devInteractions: { enabled: false },
  },
  interactions: { url: (_context, { uid }) => `/bench/interaction/${uid}` },
  findAccount: (_context, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, name: "Bench" }),
  }),
  claims: { openid: ["sub"], profile: ["name"] },
  scopes: ["token:issue", "openid", "profile"],
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "ES256" }] } as never,
  cookies: { keys: ["bench"] },
  ttl: {
    AccessToken: 3600,
    AuthorizationCode: 600,
    BackchannelAuthenticationRequest: 600,
    ClientCredentials: 3600,
    DeviceCode: 600,
    Grant: 3600,
    IdToken: 3600,
    Interaction: 600,
    RefreshToken: 2_592_000,
    Session: 3600,
  },
});

async function newGrant(): Promise<string> {
  const grant = new provider.Grant({ accountId: ACCOUNT, clientId });
  grant.addOIDCScope(SCOPES);
  return grant.save();
}

/** What the tokens of the peer are made of, as its own flows leave it. */
async function authorized() {
  const client = await provider.Client.find(clientId);
  if (!client) throw new Error("no client");
  const grantId = await newGrant();
  const authTime = Math.floor(Date.now() / 1000);
  return { client, accountId: ACCOUNT, grantId, gty: "authorization_code", scope: SCOPES, authTime };
}

const codeChallenge = process.env.BENCH_CODE_CHALLENGE;

const makers: Record<string, () => Promise<string>> = {
  code: async () =>
    new provider.AuthorizationCode({
      ...(await authorized()),
      redirectUri: REDIRECT_URI,
      codeChallenge,
      codeChallengeMethod: "S256",
      nonce: "n-0S6_WzA2Mj",
    } as never).save(),
  refresh: async () => new provider.RefreshToken((await authorized()) as never).save(),
  access: async () => new provider.AccessToken((await authorized()) as never).save(),
  device: async () =>
    new provider.DeviceCode({ ...(await authorized()), gty: "device_code", params: {} } as never).save(),
  ciba: async () =>
    new provider.BackchannelAuthenticationRequest({
      ...(await authorized()),
      gty: "ciba",
      params: {},
    } as never).save(),
};

/** What a login page does at the end: the user is known and has consented. */
async function finishInteraction(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const consent = { grantId: await newGrant() };
  await provider.interactionFinished(request, response, { login: { accountId: ACCOUNT }, consent });
}

const callback = provider.callback();
const PREPARE = "/bench/make/";

createServer(async (request, response) => {
  const { url = "" } = request;
  if (url.startsWith(PREPARE)) response.end(await makers[url.slice(PREPARE.length)]?.());
  else if (url.startsWith("/bench/interaction/")) await finishInteraction(request, response);
  else callback(request, response);
}).listen(port, "127.0.0.1");
