import { spawnSync } from "node:child_process";
import { readConfig } from "../../src/server/config.ts";
import { openServices } from "../../src/server/services.ts";
import { basicHeader, type Caller, caller, FORM_TYPE } from "../caller.ts";
import type { Ready } from "../case.ts";
import { freePort, type Server, startServer } from "../server.ts";
import { CLIENT } from "./client.ts";
import { client, SERVICE_ID } from "./open-engine.ts";
import {
  allowedBackchannelRequest,
  allowedDeviceCode,
  CIBA,
  DEVICE_CODE,
  type EngineCall,
  freshCode,
  redeem,
  type ScenarioName,
  verified,
} from "./scenarios.ts";
import { webApiCall } from "./web-api-call.ts";

/** The product, with the engine embedded, and somebody who has an account there. */
export type FrontDoor = { server: Server; secret: string; subject: string };

/** Starts the front door as production does, on a database in `state`, with the client of the bench. */
export async function startFrontDoor(state: string, secret: string): Promise<FrontDoor> {
  const port = await freePort();
  const env = {
    NODE_ENV: "production" as const,
    HOST: "127.0.0.1",
    TICKETGATE_ORIGIN: `http://127.0.0.1:${port}`,
    TICKETGATE_SERVICE_ID: SERVICE_ID,
    TICKETGATE_STATE_DIR: state,
    TICKETGATE_SEALING_KEYS: secret,
    TICKETGATE_CLIENT_SECRET: secret,
    TICKETGATE_ENGINE_TOKEN: secret,
    LOG_LEVEL: "silent",
  };
  const added = spawnSync(process.execPath, ["src/server/add-user.ts", "bench", "--name", "Bench"], {
    env: { ...process.env, ...env },
    input: secret,
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (added.status !== 0) throw new Error("no person could be added");
  const { store, close } = await openServices(readConfig(env));
  await store.upsertClient(SERVICE_ID, client);
  await close();
  const server = await startServer("src/server/main.ts", { port, env });
  return { server, secret, subject: String(added.stdout).trim() };
}

const headers = { ...FORM_TYPE, ...basicHeader(CLIENT.id, CLIENT.secret) };

async function token(call: Caller, parameters: Record<string, string>): Promise<void> {
  await call({
    path: "/oauth/token",
    headers,
    body: new URLSearchParams(parameters).toString(),
    expect: (text) => text.includes('"access_token"'),
  });
}

function get(call: Caller, path: string, expected: string): Ready {
  return async () => async () => {
    await call({ method: "GET", path, expect: (text) => text.includes(expected) });
  };
}

/** A token for as many requests as there are. */
function once(engine: EngineCall, subject: string): () => Promise<string> {
  let value: Promise<string> | undefined;
  return () => {
    value ??= freshCode(engine, subject).then(async (code) => (await redeem(engine, code)).accessToken);
    return value;
  };
}

/** One request of each kind as a client application sends it. What it presents is made over the Web API. */
export function frontDoorRequests({
  server,
  secret,
  subject,
}: FrontDoor): Partial<Record<ScenarioName, Ready>> {
  const call = caller(server);
  const engine = webApiCall(server, secret);
  const accessToken = once(engine, subject);
  return {
    clientCredentials: async () => () => token(call, { grant_type: "client_credentials", scope: "profile" }),
    authorizationCode: async () => {
      const code = await freshCode(engine, subject);
      return () => token(call, { grant_type: "authorization_code", code, ...verified });
    },
    refreshToken: async () => {
      const { refreshToken = "" } = await redeem(engine, await freshCode(engine, subject));
      return () => token(call, { grant_type: "refresh_token", refresh_token: refreshToken });
    },
    deviceCode: async () => {
      const code = await allowedDeviceCode(engine, subject);
      return () => token(call, { grant_type: DEVICE_CODE, device_code: code });
    },
    ciba: async () => {
      const id = await allowedBackchannelRequest(engine, subject);
      return () => token(call, { grant_type: CIBA, auth_req_id: id });
    },
    introspection: async () => {
      const body = `token=${await accessToken()}`;
      const expect = (text: string) => text.includes('"active":true');
      return async () => {
        await call({ path: "/oauth/introspect", headers, body, expect });
      };
    },
    userinfo: async () => {
      const authorization = { authorization: `Bearer ${await accessToken()}` };
      const expect = (text: string) => text.includes('"name"');
      return async () => {
        await call({ method: "GET", path: "/oauth/userinfo", headers: authorization, expect });
      };
    },
    discovery: get(call, "/.well-known/openid-configuration", '"issuer"'),
    jwks: get(call, "/oauth/jwks", '"keys"'),
  };
}
