import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Service, serviceSchema } from "../../../src/server/authlete/service.ts";
import { asProvider } from "../../../src/server/engine/provider/as-provider.ts";
import { embeddedService } from "../../../src/server/engine/seed.ts";
import { seedService } from "../../../src/server/engine/seed-service.ts";
import { readServiceSettings } from "../../../src/server/engine/service/service-settings.ts";
import { openTestEngine, SERVICE_ID, type TestEngine } from "../../support/engine.ts";

const lifetimes = {
  accessToken: 1,
  refreshToken: 2,
  idToken: 3,
  code: 4,
  authorizationResponse: 5,
  pushedRequest: 6,
  device: 7,
  backchannel: 8,
};
const configuration = { issuer: "https://login.example", lifetimes, registration: true };

const bare = () => embeddedService({ serviceId: "1001", issuer: configuration.issuer, jwks: '{"keys":[]}' });

describe("a service as an OpenID Provider", () => {
  it("is one that the engine accepts", () => {
    const service = asProvider(bare(), configuration);
    expect(serviceSchema.parse(service)).toEqual(service);
    expect(() => readServiceSettings({ ...service, jwks: undefined })).not.toThrow();
  });

  it("has all of its endpoints under the issuer, and its lifetimes", () => {
    const service = asProvider(bare(), configuration);
    const addresses = Object.entries(service).filter(([name]) => /Endpoint$|Uri(Complete)?$/.test(name));
    expect(addresses).toHaveLength(15);
    for (const [, address] of addresses) expect(address).toMatch(/^https:\/\/login\.example\//);
    expect(service).toMatchObject({
      accessTokenDuration: 1,
      refreshTokenDuration: 2,
      idTokenDuration: 3,
      authorizationCodeDuration: 4,
      authorizationResponseDuration: 5,
      pushedAuthReqDuration: 6,
      deviceFlowCodeDuration: 7,
      backchannelAuthReqIdDuration: 8,
    });
  });

  it("begins with sane lifetimes, and an operator's stay unless the configuration names them", () => {
    const without = { ...configuration, lifetimes: { code: 30 } };
    const first = asProvider(bare(), without);
    expect(first).toMatchObject({ authorizationCodeDuration: 30, pushedAuthReqDuration: 300 });
    const later = asProvider({ ...first, authorizationCodeDuration: 99, pushedAuthReqDuration: 99 }, without);
    expect(later).toMatchObject({ authorizationCodeDuration: 30, pushedAuthReqDuration: 99 });
  });

  it("takes registrations only where the configuration says so, and names no endpoint for them elsewhere", () => {
    const closed = asProvider(asProvider(bare(), configuration), { ...configuration, registration: false });
    expect(closed.dynamicRegistrationSupported).toBe(false);
    expect(closed).not.toHaveProperty("registrationEndpoint");
    expect(closed).not.toHaveProperty("registrationManagementEndpoint");
  });

  it("has what is missing once, and then what its operator wants", () => {
    const before: Service = { ...bare(), supportedAcrs: ["mine"], supportedScopes: [{ name: "phone" }] };
    const first = asProvider(before, configuration);
    expect(first).toMatchObject({ supportedAcrs: ["mine"], idTokenReissuable: true });
    expect(first.supportedScopes?.map(({ name }) => name)).toEqual([
      "phone",
      "address",
      "grant_management_query",
      "grant_management_revoke",
    ]);
    const { idTokenReissuable: _, ...changed } = { ...first, supportedScopes: [{ name: "openid" }] };
    const later = asProvider(changed, configuration);
    expect(later.supportedScopes?.map(({ name }) => name)).toEqual([
      "openid",
      "grant_management_query",
      "grant_management_revoke",
    ]);
    expect(later).not.toHaveProperty("idTokenReissuable");
  });

  it("lists every class of authentication where it listed one of ours, and leaves others alone", () => {
    const acrs = (supportedAcrs: string[] | undefined) => {
      const { supportedAcrs: _, ...provider } = asProvider(bare(), configuration);
      return asProvider({ ...provider, ...(supportedAcrs ? { supportedAcrs } : {}) }, configuration)
        .supportedAcrs;
    };
    const both = ["urn:ticketgate:acr:password", "urn:ticketgate:acr:multi-factor"];
    expect(acrs(["urn:ticketgate:acr:password"])).toEqual(both);
    expect(acrs(["mine", "urn:ticketgate:acr:password"])).toEqual(["mine", ...both]);
    expect(acrs(["mine"])).toEqual(["mine"]);
    expect(acrs(undefined)).toBeUndefined();
  });

  it("lets nobody exchange tokens who was not given the right, and takes no unsigned JWT", () => {
    expect(asProvider(bare(), configuration)).toMatchObject({
      tokenExchangeByPermittedClientsOnly: true,
      tokenExchangeByConfidentialClientsOnly: true,
      tokenExchangeUnsignedJwtRejected: true,
      jwtGrantUnsignedJwtRejected: true,
    });
  });
});

describe("a service that is stored already", () => {
  let test: TestEngine;
  beforeEach(async () => {
    test = await openTestEngine();
  });
  afterEach(() => test.close());

  const seed = (issuer: string) =>
    seedService(
      {
        store: test.store.engine,
        serviceId: SERVICE_ID,
        insertServiceIfAbsent: test.store.insertServiceIfAbsent,
        random: (bytes) => new Uint8Array(bytes).fill(7),
      },
      { ...configuration, issuer },
      test.clock(),
    );

  it("gets the endpoints that it lacks, and follows the origin", async () => {
    await seed("https://one.example");
    expect(await test.store.findService(SERVICE_ID)).toMatchObject({
      issuer: "https://one.example",
      authorizationEndpoint: "https://one.example/oauth/authorize",
      endSessionEndpoint: "https://one.example/oauth/logout",
    });
    await seed("https://two.example");
    const moved = await test.store.findService(SERVICE_ID);
    expect(moved).toMatchObject({
      issuer: "https://two.example",
      deviceVerificationUriComplete: "https://two.example/device?user_code=USER_CODE",
    });
    expect(JSON.stringify({ ...moved, jwks: "" })).not.toContain("one.example");
  });

  it("keeps its secret and is not written again when nothing changes", async () => {
    const secret = await seed("https://one.example");
    const before = await test.store.findService(SERVICE_ID);
    expect(await seed("https://one.example")).toBe(secret);
    expect(await test.store.findService(SERVICE_ID)).toEqual(before);
  });
});
