import { afterEach, beforeEach, describe, it } from "vitest";
import type { Service } from "../../../../src/server/authlete/service.ts";
import { openAuthorizationEngine, type TestEngine } from "./authorization-flow.ts";
import { expectSpoiled, type SpoiledRequest } from "./spoiled-request.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
});
afterEach(() => test.close());

const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const details = (...list: unknown[]) => ({ authorization_details: JSON.stringify(list) });
const payments: Partial<Service> = { supportedAuthorizationDetailsTypes: ["payment", "account"] };
const _claims = (value: unknown) => ({ claims: JSON.stringify(value) });

const cases: SpoiledRequest[] = [
  {
    what: "a resource that is relative (RFC 8707 2)",
    change: { resource: ["https://api.example", "api"] },
    code: "A251307",
    error: "invalid_target",
    twin: { resource: ["https://api.example", "urn:api"] },
  },
  {
    what: "a resource with a fragment (RFC 8707 2)",
    change: { resource: "https://api.example/#a" },
    code: "A251308",
    error: "invalid_target",
    twin: { resource: "https://api.example/?a" },
  },
  ...(
    [
      ["authorization details that are no JSON", { authorization_details: "[" }, "A249304"],
      ["authorization details that are an object", { authorization_details: "{}" }, "A249305"],
      ["authorization details twice", { authorization_details: ["[]", "[]"] }, "A249307"],
      ["an authorization detail that is a text", details("payment"), "A249306"],
      ["an authorization detail without type", details({ actions: [] }), "A249301"],
      [
        "an authorization detail with actions of a text",
        details({ type: "payment", actions: "pay" }),
        "A249306",
      ],
      [
        "a type that the service does not support",
        details({ type: "payment" }, { type: "house" }),
        "A249302",
      ],
      ["a type that the client has not declared", details({ type: "account" }), "A249303"],
    ] as const
  ).map(([what, change, code]) => ({
    what,
    change,
    code,
    service: payments,
    client: { authorizationDetailsTypes: ["payment"] },
    error: "invalid_authorization_details",
    twin: details({ type: "payment", actions: ["pay"], amount: 5 }),
  })),
  {
    what: "no code_challenge where the service demands one (RFC 7636 4.4.1)",
    service: { pkceRequired: true },
    code: "A124301",
    twin: { code_challenge: challenge },
  },
  {
    what: "no code_challenge where the client has to have one",
    client: { pkceRequired: true },
    code: "A124301",
    twin: { code_challenge: challenge },
  },
  {
    what: "an empty code_challenge",
    change: { code_challenge: "" },
    code: "A124302",
    twin: { code_challenge: challenge },
  },
  {
    what: "code_challenge twice",
    change: { code_challenge: [challenge, challenge] },
    code: "A124303",
    twin: { code_challenge: challenge },
  },
  {
    what: "a code_challenge of 42 characters",
    change: { code_challenge: "a".repeat(42) },
    code: "A124304",
    twin: { code_challenge: "a".repeat(128) },
  },
  {
    what: "an S256 code_challenge that is no hash",
    change: { code_challenge: "a".repeat(44), code_challenge_method: "S256" },
    code: "A124304",
    twin: { code_challenge: challenge },
  },
  {
    what: "code_challenge_method twice",
    change: { code_challenge: challenge, code_challenge_method: ["S256", "S256"] },
    code: "A124305",
    twin: { code_challenge_method: "S256" },
  },
  {
    what: "an unknown code_challenge_method",
    change: { code_challenge: challenge, code_challenge_method: "s256" },
    code: "A124306",
    twin: { code_challenge_method: "S256" },
  },
  {
    what: "no code_challenge_method where S256 is demanded",
    change: { code_challenge: challenge },
    service: { pkceS256Required: true },
    code: "A124307",
    twin: { code_challenge_method: "S256" },
  },
  {
    what: "the method plain where S256 is demanded",
    change: { code_challenge: challenge, code_challenge_method: "plain" },
    client: { pkceS256Required: true },
    code: "A124308",
    twin: { code_challenge_method: "S256" },
  },
  {
    what: "dpop_jkt twice",
    change: { dpop_jkt: [challenge, challenge] },
    code: "A254311",
    twin: { dpop_jkt: challenge },
  },
  {
    what: "a dpop_jkt that is no thumbprint (RFC 9449 10)",
    change: { dpop_jkt: "key" },
    code: "A254312",
    twin: { dpop_jkt: challenge },
  },
  {
    what: "a token by redirect for a client whose tokens are bound",
    change: { response_type: "code token" },
    client: { dpopRequired: true },
    code: "A254314",
    error: "unauthorized_client",
    twin: { response_type: "code" },
    inFragment: true,
  },
];

describe("every parameter of an extension has its rule: one thing is spoiled, and the twin of the request passes", () => {
  it.each(cases)("$what: $code", (spoiled) => expectSpoiled(test, spoiled));
});
