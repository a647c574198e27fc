import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { EngineUnavailable } from "../../../src/server/authlete/error.ts";
import { createJwksEndpoint } from "../../../src/server/http/jwks.ts";
import { type Script, scriptedPorts } from "../../support/spec-ports.ts";

async function ask(keys: Script["service/jwks/get"]) {
  const { ports } = scriptedPorts(keys ? { script: { "service/jwks/get": keys } } : {});
  const response = await createJwksEndpoint(ports)(new Request("https://gate.example/oauth/jwks"));
  return { response, json: await response.json() };
}

describe("the key set endpoint", () => {
  it("strips private members even when the engine gives them", async () => {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const jwk = { ...pair.privateKey.export({ format: "jwk" }), kty: "EC", kid: "1" };
    const { response, json } = await ask(() => ({ keys: [jwk, { kty: "oct", k: "c2VjcmV0" }] }));
    expect(response.status).toBe(200);
    expect(json).toEqual({ keys: [{ ...pair.publicKey.export({ format: "jwk" }), kid: "1" }] });
  });

  it("is an empty set when there are no keys", async () => {
    expect((await ask(() => ({ keys: [] }))).json).toEqual({ keys: [] });
  });

  it("is 503, open to nobody and kept nowhere, when the engine is away", async () => {
    const { response, json } = await ask(() => {
      throw new EngineUnavailable("service/jwks/get", "timeout", { outcomeUnknown: false });
    });
    expect(response.status).toBe(503);
    expect(json).toMatchObject({ error: "temporarily_unavailable" });
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.has("access-control-allow-origin")).toBe(false);
  });
});
