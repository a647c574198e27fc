import { createHash, randomBytes } from "node:crypto";
import type { OperationName, Request, Response } from "../../src/server/authlete/operations.ts";
import type { Ready } from "../case.ts";
import { CLIENT, REDIRECT_URI, SCOPES } from "./client.ts";

/** Calls an operation of the engine, in process or over HTTP. */
export type EngineCall = <Name extends OperationName>(
  name: Name,
  request: Partial<Request<Name>>,
) => Promise<Response<Name>>;

/** What a request needs is made by the engine too, outside the measurement. */
type Scenario = (call: EngineCall) => Ready;

/** Narrows an answer to the one that is expected. */
function expected<Answer extends { action: string }, Action extends Answer["action"]>(
  answer: Answer,
  action: Action,
): Extract<Answer, { action: Action }> {
  if (answer.action !== action) throw new Error(`the engine answered ${JSON.stringify(answer)}`);
  return answer as Extract<Answer, { action: Action }>;
}

export const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
export const CIBA = "urn:openid:params:grant-type:ciba";

const credentials = { clientId: CLIENT.id, clientSecret: CLIENT.secret };

/** The end-user of the bench, who has no account at the engine alone. */
const SUBJECT = "usr_bench";
const VERIFIER = randomBytes(32).toString("base64url");
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

const authorizationRequest = form({
  response_type: "code",
  client_id: CLIENT.id,
  redirect_uri: REDIRECT_URI,
  scope: SCOPES,
  state: "af0ifjsldkj",
  nonce: "n-0S6_WzA2Mj",
  code_challenge: CHALLENGE,
  code_challenge_method: "S256",
});

/** Parameters as the form body they travel in. */
function form(parameters: Record<string, string>): string {
  return new URLSearchParams(parameters).toString();
}

async function token(call: EngineCall, parameters: Record<string, string>) {
  return expected(await call("auth/token", { parameters: form(parameters), ...credentials }), "OK");
}

/** What a client sends with a code beside it. */
export const verified = { redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };

/** An authorization code that `verified` redeems. */
export async function freshCode(call: EngineCall, subject = SUBJECT): Promise<string> {
  const { ticket } = expected(
    await call("auth/authorization", { parameters: authorizationRequest }),
    "INTERACTION",
  );
  const issued = await call("auth/authorization/issue", { ticket, subject });
  return expected(issued, "LOCATION").authorizationCode ?? "";
}

/** The tokens for a code. */
export function redeem(call: EngineCall, code: string) {
  return token(call, { grant_type: "authorization_code", code, ...verified });
}

/** One token for as many requests as there are. */
function once(call: EngineCall): () => Promise<string> {
  let value: Promise<string> | undefined;
  return () => {
    value ??= freshCode(call).then(async (code) => (await redeem(call, code)).accessToken);
    return value;
  };
}

const clientCredentials: Scenario = (call) => async () => async () => {
  await token(call, { grant_type: "client_credentials", scope: "profile" });
};

const authorizationCode: Scenario = (call) => async () => {
  const code = await freshCode(call);
  return async () => {
    await redeem(call, code);
  };
};

const codeFlow: Scenario = (call) => async () => async () => {
  await redeem(call, await freshCode(call));
};

const refreshToken: Scenario = (call) => async () => {
  const { refreshToken: value = "" } = await redeem(call, await freshCode(call));
  const parameters = form({ grant_type: "refresh_token", refresh_token: value });
  return async () => {
    const refreshed = await call("auth/token", { parameters, ...credentials });
    const { accessToken, refreshToken: renewed } = expected(refreshed, "ID_TOKEN_REISSUABLE");
    expected(await call("idtoken/reissue", { accessToken, refreshToken: renewed }), "OK");
  };
};

/** A device code that the end-user has allowed. */
export async function allowedDeviceCode(call: EngineCall, subject = SUBJECT): Promise<string> {
  const parameters = form({ client_id: CLIENT.id, scope: SCOPES });
  const asked = expected(await call("device/authorization", { parameters, ...credentials }), "OK");
  const decision = { userCode: asked.userCode, result: "AUTHORIZED", subject } as const;
  expected(await call("device/complete", decision), "SUCCESS");
  return asked.deviceCode ?? "";
}

const deviceCode: Scenario = (call) => async () => {
  const allowed = await allowedDeviceCode(call);
  return async () => {
    await token(call, { grant_type: DEVICE_CODE, device_code: allowed });
  };
};

/** An `auth_req_id` that the end-user has allowed. */
export async function allowedBackchannelRequest(call: EngineCall, subject = SUBJECT): Promise<string> {
  const parameters = form({ scope: SCOPES, login_hint: "bench" });
  const asked = await call("backchannel/authentication", { parameters, ...credentials });
  const { ticket } = expected(asked, "USER_IDENTIFICATION");
  const issued = expected(await call("backchannel/authentication/issue", { ticket }), "OK");
  const decision = { ticket, result: "AUTHORIZED", subject } as const;
  expected(await call("backchannel/authentication/complete", decision), "NO_ACTION");
  return issued.authReqId ?? "";
}

const ciba: Scenario = (call) => async () => {
  const allowed = await allowedBackchannelRequest(call);
  return async () => {
    await token(call, { grant_type: CIBA, auth_req_id: allowed });
  };
};

const tokenIssue: Scenario = (call) => async () => {
  const parameters = "grant_type=password&username=bench&password=bench&scope=profile";
  const { ticket } = expected(await call("auth/token", { parameters, ...credentials }), "PASSWORD");
  return async () => {
    expected(await call("auth/token/issue", { ticket, subject: SUBJECT }), "OK");
  };
};

const introspection: Scenario = (call) => {
  const accessToken = once(call);
  return async () => {
    const request = { token: await accessToken() };
    return async () => {
      expected(await call("auth/introspection", request), "OK");
    };
  };
};

const standardIntrospection: Scenario = (call) => {
  const accessToken = once(call);
  return async () => {
    const parameters = form({ token: await accessToken() });
    return async () => {
      const { responseContent } = expected(await call("auth/introspection/standard", { parameters }), "OK");
      if (!responseContent.includes('"active":true')) throw new Error(responseContent);
    };
  };
};

/** The whole answer of a userinfo endpoint takes two calls. */
const userinfo: Scenario = (call) => {
  const accessToken = once(call);
  return async () => {
    const presented = await accessToken();
    return async () => {
      expected(await call("auth/userinfo", { token: presented }), "OK");
      const claims = JSON.stringify({ name: "Bench" });
      expected(await call("auth/userinfo/issue", { token: presented, claims }), "JSON");
    };
  };
};

const discovery: Scenario = (call) => async () => async () => {
  const { issuer } = await call("service/configuration", {});
  if (!issuer) throw new Error("no issuer");
};

const jwks: Scenario = (call) => async () => async () => {
  const { keys } = await call("service/jwks/get", {});
  if (!keys?.length) throw new Error("no keys");
};

/** What the engine is asked for, by name. */
export const scenarios = {
  clientCredentials,
  authorizationCode,
  codeFlow,
  refreshToken,
  deviceCode,
  ciba,
  tokenIssue,
  introspection,
  standardIntrospection,
  userinfo,
  discovery,
  jwks,
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
