import { describe, expect, it } from "vitest";
import { ConfigurationError, readConfig } from "../../src/server/config.ts";
import { openServices } from "../../src/server/services.ts";
import { secretOf } from "../support/gate.ts";

const environment = {
  TICKETGATE_SEALING_KEYS: secretOf("sealing"),
  TICKETGATE_CLIENT_SECRET: secretOf("client"),
  TICKETGATE_ENGINE_TOKEN: secretOf("engine"),
  TICKETGATE_EXAMPLE_CLIENT_ID: "3001",
};

describe("the client of the example", () => {
  it("is public, and can send nobody anywhere but to this machine", async () => {
    const services = await openServices(readConfig({ NODE_ENV: "development", ...environment }), {
      database: ":memory:",
      log: { debug() {}, info() {}, warn() {}, error() {} } as never,
    });
    const client = await services.authlete["client/get"]({ clientId: "3001" });
    await services.close();
    expect(client).toMatchObject({ clientType: "PUBLIC", tokenAuthMethod: "NONE", pkceS256Required: true });
    const { post_logout_redirect_uris: after } = JSON.parse(client.customMetadata ?? "{}");
    for (const uri of [...(client.redirectUris ?? []), ...after])
      expect(new URL(uri).hostname).toBe("localhost");
  });

  it("is refused in production, and absent unless it is asked for", () => {
    const production = { NODE_ENV: "production", TICKETGATE_ORIGIN: "https://gate.example", ...environment };
    expect(() => readConfig(production)).toThrow(ConfigurationError);
    const { TICKETGATE_EXAMPLE_CLIENT_ID: _id, ...without } = environment;
    expect(readConfig({ NODE_ENV: "development", ...without }).engine).not.toHaveProperty("exampleClientId");
  });
});
