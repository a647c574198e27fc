import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Service } from "../../../src/server/authlete/service.ts";
import { withIssuer } from "../../../src/server/engine/with-issuer.ts";

const OLD = "https://as.example";
const NEW = "https://login.example:8443";

describe("a service under another issuer", () => {
  it("has its addresses there, and no others", () => {
    const moved = withIssuer(
      {
        issuer: OLD,
        tokenEndpoint: `${OLD}/oauth/token?x=${OLD}`,
        policyUri: "https://as.example.evil/",
        tosUri: `${OLD}:444/`,
        authorizationEndpoint: OLD,
        userInfoEndpoint: `http://elsewhere.example/${OLD}/`,
        mtlsEndpointAliases: [{ name: "token_endpoint", uri: `${OLD}/mtls` }],
        trustAnchors: [{ entityId: `${OLD}/anchor`, jwks: "{}" }],
        accessTokenDuration: 60,
        parRequired: false,
      },
      NEW,
    );
    expect(moved).toEqual({
      issuer: NEW,
      tokenEndpoint: `${NEW}/oauth/token?x=${OLD}`,
      policyUri: "https://as.example.evil/",
      tosUri: `${OLD}:444/`,
      authorizationEndpoint: NEW,
      userInfoEndpoint: `http://elsewhere.example/${OLD}/`,
      mtlsEndpointAliases: [{ name: "token_endpoint", uri: `${NEW}/mtls` }],
      trustAnchors: [{ entityId: `${NEW}/anchor`, jwks: "{}" }],
      accessTokenDuration: 60,
      parRequired: false,
    });
  });

  it("only gets one if it had none", () => {
    expect(withIssuer({ tokenEndpoint: "undefined/token" }, NEW)).toEqual({
      issuer: NEW,
      tokenEndpoint: "undefined/token",
    });
  });

  it("moves back to what it was", () => {
    const path = fc.string().map((text) => `${OLD}/${text}`);
    const service = fc.record({
      issuer: fc.constant(OLD),
      tokenEndpoint: path,
      serviceName: fc.string(),
      attributes: fc.array(fc.record({ key: fc.string(), value: fc.oneof(path, fc.string()) })),
    });
    fc.assert(
      fc.property(service, (before: Service) => {
        expect(withIssuer(withIssuer(before, NEW), OLD)).toEqual(before);
      }),
    );
  });
});
