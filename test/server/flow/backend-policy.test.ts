import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../src/server/authlete/client.ts";
import { freshValue, type Gate, openGate } from "../../support/gate.ts";
import { addBackend } from "./actors.ts";

let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
});
afterEach(() => gate.close());

const issues = () => gate.callsOf("auth/token/issue").length;

type Attributes = NonNullable<Client["attributes"]>;

/** A back end whose client has these attributes at the engine, and no others. */
const backendWith = (attributes: Attributes) => addBackend(gate, "2002", { attributes });

const extras = {
  properties: { properties: [{ key: "plan", value: "pro" }] },
  jwtAtClaims: { jwtAtClaims: { plan: "pro" } },
  accessToken: { accessToken: freshValue() },
};

const refusals: [keyof typeof extras, string, Attributes][] = [
  ["properties", "nothing is written down", []],
  ["properties", "another key is", [{ key: "token_issue.properties", value: "tier" }]],
  ["properties", "only claims are", [{ key: "token_issue.claims", value: "*" }]],
  ["properties", "the attribute has no value", [{ key: "token_issue.properties" }]],
  ["jwtAtClaims", "nothing is written down", []],
  ["jwtAtClaims", "another claim is", [{ key: "token_issue.claims", value: "tier" }]],
  ["jwtAtClaims", "only properties are", [{ key: "token_issue.properties", value: "*" }]],
  ["accessToken", "nothing is written down", []],
  ["accessToken", "it is not plainly true", [{ key: "token_issue.access_token", value: "yes" }]],
  ["accessToken", "it is false", [{ key: "token_issue.access_token", value: "false" }]],
];

const permissions: [keyof typeof extras, Attributes][] = [
  ["properties", [{ key: "token_issue.properties", value: "tier, plan" }]],
  ["properties", [{ key: "token_issue.properties", value: "*" }]],
  ["jwtAtClaims", [{ key: "token_issue.claims", value: "tier plan" }]],
  ["jwtAtClaims", [{ key: "token_issue.claims", value: "*" }]],
  ["accessToken", [{ key: "token_issue.access_token", value: "true" }]],
];

describe("the policy of a back end", () => {
  it.each(refusals)(
    "forbids %s when %s: nothing is issued and the ticket stays good",
    async (field, _, attributes) => {
      const caller = await backendWith(attributes);
      const ticket = await caller.ticket();
      const { status, error } = await caller.issue({ ticket, subject: "usr_1", ...extras[field] });
      expect(status).toBe(403);
      expect(error).toMatchObject({
        code: "FORBIDDEN",
        fields: { [field]: [expect.stringContaining("policy")] },
      });
      expect(issues()).toBe(0);
      expect((await caller.issue({ ticket, subject: "usr_1" })).data).toMatchObject({ action: "OK" });
    },
  );

  it.each(permissions)("allows %s by %j", async (field, attributes) => {
    const caller = await backendWith(attributes);
    const ticket = await caller.ticket();
    const reply = await caller.issue({ ticket, subject: "usr_1", ...extras[field] });
    expect(reply.data).toMatchObject({ action: "OK" });
  });

  it("names each key and each claim that it does not allow", async () => {
    const caller = await backendWith([{ key: "token_issue.properties", value: "plan" }]);
    const properties = [{ key: "plan" }, { key: "tier" }, { key: "level" }];
    const input = { ticket: await caller.ticket(), subject: "usr_1", properties, jwtAtClaims: { a: 1 } };
    expect((await caller.issue(input)).error?.fields).toEqual({
      properties: [
        "the key tier is not in the policy of this client",
        "the key level is not in the policy of this client",
      ],
      jwtAtClaims: ["the claim a is not in the policy of this client"],
    });
  });

  it("cannot allow a registered claim or a reserved key, not by a star either", async () => {
    const star = [
      { key: "token_issue.claims", value: "* sub" },
      { key: "token_issue.properties", value: "* scope" },
    ];
    const caller = await backendWith(star);
    const input = { ticket: await caller.ticket(), subject: "usr_1" };
    const claim = await caller.issue({ ...input, jwtAtClaims: { sub: "usr_2" } });
    const key = await caller.issue({ ...input, properties: [{ key: "scope" }] });
    expect([claim.error?.code, key.error?.code]).toEqual(["BAD_REQUEST", "BAD_REQUEST"]);
    expect(issues()).toBe(0);
  });

  it("holds for token.request as well", async () => {
    const caller = await backendWith([]);
    const asked = gate.callsOf("auth/token").length;
    const request = {
      parameters: "grant_type=client_credentials",
      clientId: caller.id,
      clientSecret: caller.secret,
    };
    for (const extra of Object.values(extras)) {
      const { error } = await caller.call("token.request", { ...request, ...extra });
      expect(error?.code).toBe("FORBIDDEN");
    }
    expect(gate.callsOf("auth/token")).toHaveLength(asked);
    expect((await caller.call("token.request", request)).data).toMatchObject({ action: "OK" });
  });

  it("is read at every call: what the engine takes back is gone at once", async () => {
    const caller = await backendWith([{ key: "token_issue.properties", value: "*" }]);
    const input = { subject: "usr_1", ...extras.properties };
    expect((await caller.issue({ ...input, ticket: await caller.ticket() })).data).toMatchObject({
      action: "OK",
    });
    const client = await gate.services.store.findClient("1", caller.id);
    await gate.services.store.upsertClient("1", { ...client, clientId: 2002, attributes: [] });
    const { error } = await caller.issue({ ...input, ticket: await caller.ticket() });
    expect(error?.code).toBe("FORBIDDEN");
  });
});
