import { describe, expect, it } from "vitest";
import { clientSchema } from "../../../src/server/authlete/client.ts";
import { serviceSchema } from "../../../src/server/authlete/service.ts";
import { embeddedClients, embeddedService } from "../../../src/server/engine/seed.ts";
import { serverMetadata } from "../../../src/server/engine/service/configuration/server-metadata.ts";
import { basic, clients, openTestEngine } from "../../support/engine.ts";

describe("what the embedded engine begins with", () => {
  const firstParty = { id: "2000", secret: "s", scopes: ["openid", "token:issue"] };

  it("is a complete service", () => {
    const service = embeddedService({ serviceId: "1001", issuer: "https://as.example", jwks: '{"keys":[]}' });
    expect(serviceSchema.parse(service)).toEqual(service);
    expect(service).toMatchObject({
      number: 1001,
      apiKey: 1001,
      tokenEndpoint: "https://as.example/oauth/token",
      introspectionEndpoint: "https://as.example/oauth/introspect",
      revocationEndpoint: "https://as.example/oauth/revoke",
      jwksUri: "https://as.example/oauth/jwks",
      pkceS256Required: true,
    });
    expect(service.supportedScopes?.map(({ name }) => name)).toEqual([
      "openid",
      "profile",
      "email",
      "offline_access",
      "token:issue",
    ]);
  });

  it("supports every grant type but the implicit one (RFC 9700 2.1.2), and every way to authenticate", () => {
    const { supportedGrantTypes, supportedTokenAuthMethods, ...rest } = embeddedService({
      serviceId: "1001",
      issuer: "https://as.example",
      jwks: '{"keys":[]}',
    });
    const all = serverMetadata(rest);
    const seeded = serverMetadata({ ...rest, supportedGrantTypes, supportedTokenAuthMethods });
    const sorted = (list: unknown) => [list].flat().toSorted();
    expect(sorted(seeded.grant_types_supported)).toEqual(
      sorted(all.grant_types_supported).filter((type) => type !== "implicit"),
    );
    expect(seeded.token_endpoint_auth_methods_supported).toEqual(all.token_endpoint_auth_methods_supported);
  });

  it("has a back end only if one is configured", () => {
    expect(embeddedClients({ firstParty }).map(({ clientId }) => clientId)).toEqual([2000]);
    const all = embeddedClients({ firstParty, backend: { id: "2001", secret: "b" } });
    expect(all.map((client) => clientSchema.parse(client))).toEqual(all);
    expect(all.map(({ attributes }) => attributes)).toEqual([
      undefined,
      [
        { key: "token_issue.properties", value: "*" },
        { key: "token_issue.claims", value: "*" },
        { key: "token_issue.access_token", value: "true" },
      ],
    ]);
  });

  it("gives the scope token:issue to the back end alone, whatever the first party is configured for", async () => {
    const test = await openTestEngine();
    await test.setClient("2000", {
      ...embeddedClients({ firstParty })[0],
      clientSecret: clients.firstParty.secret,
    });
    const ask = (client: { id: string; secret: string }, grant: string) =>
      test.engine["auth/token"]({
        parameters: `${grant}&username=a&password=b&scope=openid+token:issue`,
        ...basic(client),
      });
    expect(await ask(clients.firstParty, "grant_type=password")).toMatchObject({ scopes: ["openid"] });
    expect(await ask(clients.firstParty, "grant_type=client_credentials")).toMatchObject({
      resultCode: "A047302",
    });
    expect(await ask(clients.backend, "grant_type=client_credentials")).toMatchObject({
      scopes: ["openid", "token:issue"],
    });
    await test.close();
  });
});
