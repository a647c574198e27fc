import { describe, expect, it } from "vitest";
import { grantTypeSchema, openEnum } from "../../../src/server/authlete/enumerations.ts";
import { type Operation, operations } from "../../../src/server/authlete/operations.ts";

const rows: [string, Operation][] = Object.entries(operations);

describe("the contract table", () => {
  it("has the operations that signing in needs", () => {
    expect(rows.map(([name, { method }]) => `${method} ${name}`).toSorted()).toEqual([
      "GET client/get",
      "GET service/get",
      "GET service/jwks/get",
      "POST auth/introspection",
      "POST auth/revocation",
      "POST auth/token",
      "POST auth/token/fail",
      "POST auth/token/issue",
    ]);
  });

  it.each(rows)(
    "%s: the path is its name and, in braces, members of its request",
    (name, { path, request }) => {
      const [literal, ...members] = path.split("/{").map((part) => part.replace("}", ""));
      expect(literal).toBe(name);
      for (const member of members) expect(Object.keys(request.shape)).toContain(member);
    },
  );

  it("lets no call be repeated that spends a ticket or issues a token", () => {
    const once = rows.filter(([, { repeatable }]) => !repeatable).map(([name]) => name);
    expect(once.toSorted()).toEqual(["auth/token", "auth/token/fail", "auth/token/issue"]);
  });

  it("knows an answer without content for the key set alone, and it is an answer", () => {
    const empty = rows.filter(([, { emptyAnswer }]) => emptyAnswer !== undefined);
    expect(empty.map(([name]) => name)).toEqual(["service/jwks/get"]);
    for (const [, { response, emptyAnswer }] of empty)
      expect(response.parse(emptyAnswer)).toEqual(emptyAnswer);
  });
});

const dispatching = rows.filter(([name]) => name.startsWith("auth/"));

describe("answers with an action", () => {
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
    expect(response.safeParse({ action: "INTERNAL_SERVER_ERROR" }).success).toBe(true);
  });

  it("does not take a known action without its members for an unknown one", () => {
    const { response } = operations["auth/token"];
    expect(response.safeParse({ action: "PASSWORD", username: "u", password: "p" }).success).toBe(false);
    expect(
      response.safeParse({ action: "PASSWORD", username: "u", password: "p", ticket: "t" }).success,
    ).toBe(true);
  });

  it("lists for each operation the actions that the API has", () => {
    const actions = [
      "OK",
      "PASSWORD",
      "BAD_REQUEST",
      "INVALID_CLIENT",
      "UNAUTHORIZED",
      "FORBIDDEN",
      "TOKEN_EXCHANGE",
    ];
    const members = { responseContent: "", accessToken: "", username: "", password: "", ticket: "" };
    const known = Object.fromEntries(
      dispatching.map(([name, { response }]) => [
        name,
        actions.filter(
          (action) => (response.parse({ ...members, action }) as { action: string }).action === action,
        ),
      ]),
    );
    expect(known).toEqual({
      "auth/token": ["OK", "PASSWORD", "BAD_REQUEST", "INVALID_CLIENT", "TOKEN_EXCHANGE"],
      "auth/token/issue": ["OK"],
      "auth/token/fail": ["BAD_REQUEST"],
      "auth/introspection": ["OK", "BAD_REQUEST", "UNAUTHORIZED", "FORBIDDEN"],
      "auth/revocation": ["OK", "BAD_REQUEST", "INVALID_CLIENT"],
    });
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

  it("do not widen what a request may say", () => {
    const { request } = operations["auth/token/fail"];
    expect(request.safeParse({ ticket: "t", reason: "BOREDOM" }).success).toBe(false);
    expect(request.safeParse({ ticket: "t", reason: "UNKNOWN" }).success).toBe(true);
  });
});
