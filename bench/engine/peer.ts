import { createHash, randomBytes } from "node:crypto";
import { basicHeader, type Caller, caller, FORM_TYPE, type HttpAnswer } from "../caller.ts";
import type { Ready } from "../case.ts";
import type { Server } from "../server.ts";
import { CLIENT, REDIRECT_URI, SCOPES } from "./client.ts";
import type { ScenarioName } from "./scenarios.ts";

const VERIFIER = randomBytes(32).toString("base64url");

/** What the peer is started with to serve these requests. */
export const peerEnvironment = {
  BENCH_CLIENT_ID: CLIENT.id,
  BENCH_CLIENT_SECRET: CLIENT.secret,
  BENCH_CODE_CHALLENGE: createHash("sha256").update(VERIFIER).digest("base64url"),
};

const headers = { ...FORM_TYPE, ...basicHeader(CLIENT.id, CLIENT.secret) };
const redemption = { redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };

async function token(call: Caller, parameters: Record<string, string>): Promise<void> {
  await call({
    path: "/token",
    headers,
    body: new URLSearchParams(parameters).toString(),
    expect: (text) => text.includes('"access_token"'),
  });
}

/** A value that the peer makes outside the measurement. */
async function made(call: Caller, kind: string): Promise<string> {
  const { text } = await call({ path: `/bench/make/${kind}`, expect: (answer) => answer.length > 20 });
  return text;
}

/** A grant whose request presents a value as `parameter`. */
function exchange(call: Caller, kind: string, parameters: (value: string) => Record<string, string>): Ready {
  return async () => {
    const value = await made(call, kind);
    return () => token(call, parameters(value));
  };
}

function get(call: Caller, path: string, expected: string): Ready {
  return async () => async () => {
    await call({ method: "GET", path, expect: (text) => text.includes(expected) });
  };
}

function introspection(call: Caller): Ready {
  return async () => {
    const body = `token=${await made(call, "access")}`;
    return async () => {
      const expect = (text: string) => text.includes('"active":true');
      await call({ path: "/token/introspection", headers, body, expect });
    };
  };
}

function userinfo(call: Caller): Ready {
  return async () => {
    const authorization = { authorization: `Bearer ${await made(call, "access")}` };
    const expect = (text: string) => text.includes('"name"');
    return async () => {
      await call({ method: "GET", path: "/me", headers: authorization, expect });
    };
  };
}

const authorizationQuery = new URLSearchParams({
  response_type: "code",
  client_id: CLIENT.id,
  redirect_uri: REDIRECT_URI,
  scope: SCOPES,
  state: "af0ifjsldkj",
  nonce: "n-0S6_WzA2Mj",
  code_challenge: peerEnvironment.BENCH_CODE_CHALLENGE,
  code_challenge_method: "S256",
}).toString();

/** A user who is not signed in yet: to the login page, back from it, to the client, and the token request. */
function codeFlow(call: Caller): Ready {
  return async () => async () => {
    const cookies = new Map<string, string>();
    let location = `/auth?${authorizationQuery}`;
    for (let hop = 0; hop < 3; hop++) location = await follow(call, location, cookies);
    const code = new URL(location).searchParams.get("code");
    if (!code) throw new Error(`no code in ${location}`);
    await token(call, { grant_type: "authorization_code", code, ...redemption });
  };
}

async function follow(call: Caller, location: string, cookies: Map<string, string>): Promise<string> {
  const answer = await call({
    method: "GET",
    path: location.replace(/^http:\/\/127\.0\.0\.1:\d+/, ""),
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    status: 303,
    expect: () => true,
  });
  keepCookies(answer, cookies);
  return String(answer.headers.location);
}

function keepCookies({ headers: answered }: HttpAnswer, cookies: Map<string, string>): void {
  for (const cookie of [answered["set-cookie"] ?? []].flat()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === "") cookies.delete(name);
    else cookies.set(name, value);
  }
}

/** The same requests at oidc-provider, as far as it has them: it has one introspection. */
export function peerRequests(server: Server): Partial<Record<ScenarioName, Ready>> {
  const call = caller(server);
  return {
    clientCredentials: async () => () =>
      token(call, { grant_type: "client_credentials", scope: "token:issue" }),
    authorizationCode: exchange(call, "code", (code) => ({
      grant_type: "authorization_code",
      code,
      ...redemption,
    })),
    codeFlow: codeFlow(call),
    refreshToken: exchange(call, "refresh", (value) => ({
      grant_type: "refresh_token",
      refresh_token: value,
    })),
    deviceCode: exchange(call, "device", (value) => ({
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: value,
    })),
    ciba: exchange(call, "ciba", (value) => ({
      grant_type: "urn:openid:params:grant-type:ciba",
      auth_req_id: value,
    })),
    introspection: introspection(call),
    userinfo: userinfo(call),
    discovery: get(call, "/.well-known/openid-configuration", '"issuer"'),
    jwks: get(call, "/jwks", '"keys"'),
  };
}
