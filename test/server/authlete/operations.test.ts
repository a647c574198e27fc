import { describe, expect, it } from "vitest";
import { z } from "zod";
import { grantTypeSchema, listedValues, openEnum } from "../../../src/server/authlete/enumerations.ts";
import { type Operation, operations } from "../../../src/server/authlete/operations.ts";

const rows: [string, Operation][] = Object.entries(operations);

/** Calls that may not be sent twice, by what they do. */
const once = {
  "issue tickets, codes and tokens": [
    "auth/authorization",
    "auth/authorization/issue",
    "auth/token",
    "auth/token/create",
    "auth/token/issue",
    "auth/token/update",
    "backchannel/authentication",
    "backchannel/authentication/issue",
    "device/authorization",
    "idtoken/reissue",
    "nativesso",
    "pushed_auth_req",
  ],
  "end tickets and transactions": [
    "auth/authorization/fail",
    "auth/token/fail",
    "backchannel/authentication/complete",
    "backchannel/authentication/fail",
    "device/complete",
  ],
  "register clients and give them new secrets": [
    "client/create",
    "client/registration",
    "client/registration/update",
    "client/secret/refresh",
    "client/secret/update",
  ],
  "find nothing the second time": [
    "auth/token/delete",
    "client/delete",
    "client/registration/delete",
    "gm",
    "service/delete",
  ],
};

describe("the contract table", () => {
  it.each(rows)("%s: every path is its name and, in braces, members of its request", (name, operation) => {
    for (const { path } of [operation, ...(operation.aliases ?? [])]) {
      const segments = path.split("/");
      const literal = segments.filter((segment) => !segment.startsWith("{"));
      const members = segments.filter((segment) => segment.startsWith("{"));
      expect(literal.join("/")).toBe(name);
      for (const member of members)
        expect(Object.keys(operation.request.shape)).toContain(member.slice(1, -1));
    }
  });

  it("has no route twice", () => {
    const routes = rows.flatMap(([, row]) =>
      [row, ...(row.aliases ?? [])].map(
        ({ method, path }) => `${method} ${row.outsideService ? "/" : ""}${path.replace(/\{\w+\}/g, "{}")}`,
      ),
    );
    expect(routes.length).toBe(new Set(routes).size);
  });

  it("lets no call be repeated that does something once", () => {
    const listed = Object.values(once).flat();
    const notRepeatable = rows.filter(([, { repeatable }]) => !repeatable).map(([name]) => name);
    expect(notRepeatable.toSorted()).toEqual(listed.toSorted());
  });

  it("knows what an answer without content means, where there are such answers", () => {
    const empty = rows.filter(([, { emptyAnswer }]) => emptyAnswer !== undefined);
    expect(empty.map(([name]) => name).toSorted()).toEqual([
      "auth/token/delete",
      "client/delete",
      "client/extension/requestable_scopes/delete",
      "service/delete",
      "service/jwks/get",
    ]);
    for (const [, { response, emptyAnswer }] of empty)
      expect(response.parse(emptyAnswer)).toEqual(emptyAnswer);
  });

  it("asks for the access token everywhere but for the health of the engine", () => {
    const open = rows.filter(([, { unauthenticated }]) => unauthenticated).map(([name]) => name);
    expect(open).toEqual(["lifecycle/healthcheck"]);
  });
});

const dispatching = rows.filter(([, { response }]) => response instanceof z.ZodUnion);

describe("answers with an action", () => {
  it("are those of what is called while people sign in and tokens are used", () => {
    const others = rows.filter(([, { response }]) => !(response instanceof z.ZodUnion)).map(([name]) => name);
    const management = /^(client(?!\/registration)|service|lifecycle|jose|auth\/token\/(delete|revoke|get))/;
    expect(others.filter((name) => !management.test(name))).toEqual([]);
    expect(dispatching.map(([name]) => name).filter((name) => management.test(name))).toEqual([]);
  });

  it.each(dispatching)(
    "%s: an unknown action is a branch of its own, which carries nothing",
    (_name, { response }) => {
      const answer = {
        action: "NEW",
        resultCode: "A1",
        resultMessage: "m",
        accessToken: "a",
        responseContent: "b",
      };
      expect(response.parse(answer)).toEqual({
        action: "UNKNOWN_ACTION",
        receivedAction: "NEW",
        resultCode: "A1",
        resultMessage: "m",
      });
    },
  );

  it.each(dispatching)("%s: no action at all is no answer", (_name, { response }) => {
    expect(response.safeParse({ resultCode: "A1" }).success).toBe(false);
    expect(response.safeParse({ action: 7, resultCode: "A1" }).success).toBe(false);
  });

  it.each(dispatching)("%s: a fault needs no more than its name", (_name, { response }) => {
    const faults = ["INTERNAL_SERVER_ERROR", "SERVER_ERROR", "AUTHLETE_ERROR"];
    const read = faults.map((action) => (response.parse({ action }) as { action: string }).action);
    expect(read.some((action) => faults.includes(action))).toBe(true);
  });

  it("does not take a known action without its members for an unknown one", () => {
    const { response } = operations["auth/token"];
    expect(response.safeParse({ action: "PASSWORD", username: "u", password: "p" }).success).toBe(false);
    expect(
      response.safeParse({ action: "PASSWORD", username: "u", password: "p", ticket: "t" }).success,
    ).toBe(true);
    const authorization = operations["auth/authorization"].response;
    expect(authorization.safeParse({ action: "INTERACTION" }).success).toBe(false);
    expect(authorization.safeParse({ action: "INTERACTION", ticket: "t" }).success).toBe(true);
  });
});

describe("settings that are newer than the contract", () => {
  it("keep a service and a client readable", () => {
    const service = {
      supportedGrantTypes: ["PASSWORD", "TELEPATHY"],
      userCodeCharset: "EMOJI",
      fresh: { a: 1 },
    };
    expect(operations["service/get"].response.parse(service)).toEqual(service);
    const client = {
      tokenAuthMethod: "SPIFFE_JWT",
      responseModes: ["SMOKE"],
      clientSource: "DREAM",
      fresh: [1],
    };
    expect(operations["client/get"].response.parse(client)).toEqual(client);
  });

  it("are still texts, and the members still have their types", () => {
    expect(openEnum(grantTypeSchema).safeParse(7).success).toBe(false);
    expect(operations["client/get"].response.safeParse({ tokenAuthMethod: 7 }).success).toBe(false);
    expect(operations["service/get"].response.safeParse({ supportedGrantTypes: "PASSWORD" }).success).toBe(
      false,
    );
  });

  it("are known from those that the contract lists", () => {
    expect(listedValues(openEnum(grantTypeSchema))).toEqual(grantTypeSchema.options);
    expect(listedValues(grantTypeSchema)).toEqual(grantTypeSchema.options);
    expect(listedValues(z.string())).toBeUndefined();
  });

  it("do not widen what a request may say", () => {
    const { request } = operations["auth/token/fail"];
    expect(request.safeParse({ ticket: "t", reason: "BOREDOM" }).success).toBe(false);
    expect(request.safeParse({ ticket: "t", reason: "UNKNOWN" }).success).toBe(true);
  });
});
