import { describe, expect, it } from "vitest";
import {
  EngineAnswerInvalid,
  EngineRefusedCall,
  EngineRefusedCredentials,
  EngineUnavailable,
} from "../../../src/server/authlete/error.ts";
import type { Response as Answer } from "../../../src/server/authlete/operations.ts";
import { createTokenEndpoint } from "../../../src/server/http/token.ts";
import { formRequest, scriptedPorts } from "../../support/spec-ports.ts";

type TokenAnswer = Answer<"auth/token">;

const content = (error: string) => JSON.stringify({ error });
const issued = {
  accessToken: "issued-access-token",
  responseContent: '{"access_token":"issued-access-token"}',
};
const basic = { authorization: `Basic ${Buffer.from("2001:s%3Acret").toString("base64")}` };
const noStore = {
  "cache-control": "no-store",
  pragma: "no-cache",
  "content-type": "application/json;charset=UTF-8",
};

async function ask(answer: TokenAnswer, parameters: Record<string, string> = { grant_type: "x" }) {
  const scripted = scriptedPorts({
    script: { "auth/token": () => answer, "auth/token/revoke": () => ({ count: 1 }) },
  });
  const response = await createTokenEndpoint(scripted.ports)(formRequest(parameters, { headers: basic }));
  return { ...scripted, response, text: await response.text() };
}

describe("every action of auth/token", () => {
  it.each<[TokenAnswer, number, string]>([
    [{ action: "OK", ...issued }, 200, issued.responseContent],
    [{ action: "BAD_REQUEST", responseContent: content("invalid_grant") }, 400, content("invalid_grant")],
    [
      { action: "INVALID_CLIENT", responseContent: content("invalid_client") },
      401,
      content("invalid_client"),
    ],
  ])("%o becomes %i with the engine's own text", async (answer, status, text) => {
    const asked = await ask(answer);
    expect(asked.response.status).toBe(status);
    expect(asked.text).toBe(text);
    expect(Object.fromEntries(asked.response.headers)).toMatchObject(noStore);
    expect(asked.response.headers.has("www-authenticate")).toBe(status === 401);
  });

  it.each<[TokenAnswer, number, string]>([
    [{ action: "TOKEN_EXCHANGE", subjectToken: "issued-access-token" }, 400, "unauthorized_client"],
    [{ action: "JWT_BEARER", assertion: "issued-access-token" }, 400, "unauthorized_client"],
    [{ action: "NATIVE_SSO", ...issued }, 400, "invalid_grant"],
    [{ action: "ID_TOKEN_REISSUABLE", accessToken: issued.accessToken }, 400, "invalid_grant"],
    [{ action: "INTERNAL_SERVER_ERROR", responseContent: "issued-access-token" }, 500, "server_error"],
    [{ action: "UNKNOWN_ACTION", receivedAction: "issued-access-token" }, 500, "server_error"],
  ])("%o is refused with %i %s, and nothing of it gets out", async (answer, status, error) => {
    const asked = await ask(answer);
    expect(asked.response.status).toBe(status);
    expect(JSON.parse(asked.text)).toMatchObject({ error });
    expect(asked.text).not.toContain("issued-access-token");
    expect(Object.fromEntries(asked.response.headers)).toMatchObject(noStore);
  });

  it.each<[string, TokenAnswer]>([
    ["NATIVE_SSO", { action: "NATIVE_SSO", ...issued }],
    ["NATIVE_SSO with a JWT", { action: "NATIVE_SSO", ...issued, jwtAccessToken: "a.b.c" }],
    ["ID_TOKEN_REISSUABLE", { action: "ID_TOKEN_REISSUABLE", accessToken: "issued-access-token" }],
  ])("%s that cannot be finished: the tokens are taken back", async (_, answer) => {
    const { calls } = await ask(answer);
    expect(calls.at(-1)).toEqual({
      name: "auth/token/revoke",
      request: { accessTokenIdentifier: "issued-access-token" },
    });
  });

  it("says so in the log when a withdrawn token could not be revoked, and still gives it to nobody", async () => {
    const { ports, log } = scriptedPorts({
      script: {
        "auth/token": () => ({ action: "NATIVE_SSO", ...issued }),
        "auth/token/revoke": () => ({ count: 0, resultCode: "A1" }),
      },
    });
    const response = await createTokenEndpoint(ports)(formRequest({ grant_type: "x" }));
    expect(response.status).toBe(400);
    expect(log).toContainEqual(expect.objectContaining({ level: "error", event: "oauth.withdrawal_failed" }));
  });

  it.each<TokenAnswer>([
    { action: "OK", ...issued, dpopNonce: "nonce-1" },
    { action: "BAD_REQUEST", responseContent: content("use_dpop_nonce"), dpopNonce: "nonce-1" },
    { action: "TOKEN_EXCHANGE", dpopNonce: "nonce-1" },
    { action: "INTERNAL_SERVER_ERROR", dpopNonce: "nonce-1" },
  ])("copies the DPoP nonce of $action", async (answer) => {
    const { response } = await ask(answer);
    expect(response.headers.get("dpop-nonce")).toBe("nonce-1");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });
});

describe("what reaches the engine", () => {
  async function sent(request: Request) {
    const { ports, calls } = scriptedPorts({ script: { "auth/token": () => ({ action: "OK", ...issued }) } });
    await createTokenEndpoint(ports)(request);
    expect(calls).toHaveLength(1);
    return calls[0]?.request;
  }

  it("is the body as received, and Basic credentials decoded beside it", async () => {
    const body = "grant_type=client_credentials&scope=a+b%20c";
    expect(await sent(formRequest(body, { headers: basic }))).toEqual({
      parameters: body,
      clientId: "2001",
      clientSecret: "s:cret",
    });
  });

  it("leaves credentials of the body in the body", async () => {
    const body = "grant_type=client_credentials&client_id=2001&client_secret=x";
    expect(await sent(formRequest(body))).toEqual({ parameters: body });
  });

  it("has the DPoP and attestation headers", async () => {
    const headers = { dpop: "proof", "oauth-client-attestation": "a", "oauth-client-attestation-pop": "p" };
    expect(await sent(formRequest("grant_type=x", { headers }))).toEqual({
      parameters: "grant_type=x",
      dpop: "proof",
      htm: "POST",
      htu: "https://gate.example/oauth/token",
      oauthClientAttestation: "a",
      oauthClientAttestationPop: "p",
    });
  });
});

describe("a call of the engine that fails", () => {
  const canary = "upstream-secret-text";

  it.each([
    new EngineUnavailable("auth/token", canary, { outcomeUnknown: true }),
    new EngineRefusedCredentials("auth/token", canary),
    new EngineRefusedCall("auth/token", 404, canary),
    new EngineAnswerInvalid("auth/token", canary),
  ])("$name is 503 with a correlation id that the log has too, and none of its text", async (error) => {
    const { ports, log } = scriptedPorts({
      script: {
        "auth/token": () => {
          throw error;
        },
      },
    });
    const response = await createTokenEndpoint(ports)(formRequest("grant_type=client_credentials"));
    const text = await response.text();
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(Object.fromEntries(response.headers)).toMatchObject(noStore);
    expect(text).not.toContain(canary);
    const failure = log.find(({ level }) => level === "error");
    expect(failure?.fields.engineError).toBe(error.code);
    expect(JSON.parse(text)).toEqual({
      error: "temporarily_unavailable",
      error_description: expect.stringContaining(String(failure?.fields.correlationId)),
    });
  });

  it("anything else that is thrown is 500 with a correlation id and none of its text", async () => {
    const { ports, log } = scriptedPorts({
      script: {
        "auth/token": () => {
          throw new Error(canary);
        },
      },
    });
    const response = await createTokenEndpoint(ports)(formRequest("grant_type=client_credentials"));
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toContain(String(log.find(({ level }) => level === "error")?.fields.correlationId));
    expect(text).not.toContain(canary);
    expect(response.headers.has("retry-after")).toBe(false);
  });
});
