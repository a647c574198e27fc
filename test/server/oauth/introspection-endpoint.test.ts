import { describe, expect, it } from "vitest";
import { EngineRefusedCall, EngineUnavailable } from "../../../src/server/authlete/error.ts";
import type { Response as Answer } from "../../../src/server/authlete/operations.ts";
import { createIntrospectionEndpoint } from "../../../src/server/http/introspection.ts";
import { formRequest, type Script, scriptedPorts } from "../../support/spec-ports.ts";

type Known = Answer<"auth/introspection">;

const client = {
  clientId: 2001,
  clientSecret: "secret",
  clientType: "CONFIDENTIAL",
  tokenAuthMethod: "CLIENT_SECRET_POST",
} as const;

const active: Extract<Known, { action: "OK" }> = {
  action: "OK",
  usable: true,
  clientId: 7,
  scopes: ["a"],
  expiresAt: 2_000,
};

const script: Script = {
  "client/get": () => client,
  "service/get": () => ({ issuer: "https://gate.example", accessTokenType: "Bearer" }),
  "auth/introspection": () => active,
};

const body = { token: "token-1", client_id: "2001", client_secret: "secret" };

async function ask(changes: Script, parameters: Record<string, string> = body) {
  const scripted = scriptedPorts({ script: { ...script, ...changes } });
  const response = await createIntrospectionEndpoint(scripted.ports)(formRequest(parameters));
  return { ...scripted, response, json: await response.json() };
}

describe("every action of auth/introspection", () => {
  it("OK is an active token", async () => {
    const { response, json } = await ask({});
    expect(response.status).toBe(200);
    expect(json).toEqual({
      active: true,
      scope: "a",
      client_id: "7",
      iss: "https://gate.example",
      exp: 2,
      token_type: "Bearer",
    });
  });

  it.each<Known>([
    { action: "OK", usable: false, existent: true, subject: "alice" },
    { action: "BAD_REQUEST", subject: "alice" },
    { action: "UNAUTHORIZED", subject: "alice" },
    { action: "FORBIDDEN", subject: "alice" },
  ])("%o is inactive, and nothing more", async (answer) => {
    const { response, json } = await ask({ "auth/introspection": () => answer });
    expect(response.status).toBe(200);
    expect(json).toEqual({ active: false });
  });

  it.each<Known>([
    { action: "INTERNAL_SERVER_ERROR", responseContent: "leak" },
    { action: "UNKNOWN_ACTION", receivedAction: "leak" },
  ])("%o is 500: a token is not called dead because the engine is", async (answer) => {
    const { response, json } = await ask({ "auth/introspection": () => answer });
    expect(response.status).toBe(500);
    expect(json).toEqual({ error: "server_error", error_description: expect.not.stringContaining("leak") });
  });

  it("shows visible properties and hides hidden ones", async () => {
    const properties = [
      { key: "tenant", value: "north" },
      { key: "internal", value: "x", hidden: true },
    ];
    const { json } = await ask({ "auth/introspection": () => ({ ...active, properties }) });
    expect(json).toHaveProperty("tenant", "north");
    expect(json).not.toHaveProperty("internal");
  });

  it.each([
    [{ clientIdAlias: "shop", clientIdAliasUsed: true }, "shop"],
    [{ clientIdAlias: "shop", clientIdAliasUsed: false }, "7"],
  ])("names the client as it named itself: %o", async (names, expected) => {
    const { json } = await ask({ "auth/introspection": () => ({ ...active, ...names }) });
    expect(json).toHaveProperty("client_id", expected);
  });
});

describe("who may ask", () => {
  const refusals: [string, Script, Record<string, string>][] = [
    ["nobody", {}, { token: "token-1" }],
    ["a client without a secret", {}, { token: "token-1", client_id: "2001" }],
    ["a wrong secret", {}, { ...body, client_secret: "wrong" }],
    ["a locked client", { "client/get": () => ({ ...client, locked: true }) }, body],
    ["a public client", { "client/get": () => ({ ...client, clientType: "PUBLIC" }) }, body],
    ["a client of no known type", { "client/get": () => ({ clientId: 2001, clientSecret: "secret" }) }, body],
    [
      "a client that is registered for Basic",
      { "client/get": () => ({ ...client, tokenAuthMethod: "CLIENT_SECRET_BASIC" }) },
      body,
    ],
    [
      "a client that is registered for assertions",
      { "client/get": () => ({ ...client, tokenAuthMethod: "PRIVATE_KEY_JWT" }) },
      body,
    ],
    ["a client that has no secret", { "client/get": () => ({ ...client, clientSecret: undefined }) }, body],
    [
      "an unknown client",
      {
        "client/get": () => {
          throw new EngineRefusedCall("client/get", 404, undefined);
        },
      },
      body,
    ],
    ["a path for an identifier", {}, { ...body, client_id: ".." }],
  ];

  it.each(refusals)(
    "not %s: 401, one text for all, and the token is not looked up",
    async (_, changes, parameters) => {
      const { response, json, calls } = await ask(changes, parameters);
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toMatch(/^Basic realm=/);
      expect(json).toEqual({
        error: "invalid_client",
        error_description: "The client could not be authenticated.",
      });
      expect(calls.map(({ name }) => name)).not.toContain("auth/introspection");
    },
  );

  it("does not call a client unknown because the engine is away", async () => {
    const { response } = await ask({
      "client/get": () => {
        throw new EngineUnavailable("client/get", "timeout", { outcomeUnknown: false });
      },
    });
    expect(response.status).toBe(503);
  });
});

describe("the issuer", () => {
  it("is asked of the engine once a minute, and again after a failure", async () => {
    let now = 0;
    let failing = true;
    const { ports, calls } = scriptedPorts({
      now: () => now,
      script: {
        ...script,
        "service/get": () => {
          if (failing) throw new EngineUnavailable("service/get", "timeout", { outcomeUnknown: false });
          return { issuer: "https://gate.example" };
        },
      },
    });
    const endpoint = createIntrospectionEndpoint(ports);
    const asked = () => calls.filter(({ name }) => name === "service/get").length;
    expect((await endpoint(formRequest(body))).status).toBe(503);
    failing = false;
    expect((await endpoint(formRequest(body))).status).toBe(200);
    now = 59_999;
    expect((await endpoint(formRequest(body))).status).toBe(200);
    expect(asked()).toBe(2);
    now = 60_000;
    await endpoint(formRequest(body));
    expect(asked()).toBe(3);
  });
});
