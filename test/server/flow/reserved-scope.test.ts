import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../src/server/authlete/client.ts";
import { createTokenEndpoint } from "../../../src/server/http/token.ts";
import {
  type AuthorizationGate,
  authorizationRequest,
  openAuthorizationGate,
} from "../../support/authorization-gate.ts";
import { demo, ORIGIN, procedureRequest, readReply } from "../../support/gate.ts";

let gate: AuthorizationGate;
beforeEach(async () => {
  gate = await openAuthorizationGate();
});
afterEach(() => gate.close());

const limitedTo = (...requestableScopes: string[]): Client => ({
  extension: { requestableScopesEnabled: true, requestableScopes },
});

async function tokensFor(changes: Client, form: Record<string, string>) {
  const { id, secret } = await gate.register({ grantTypes: ["CLIENT_CREDENTIALS", "PASSWORD"], ...changes });
  const answer = await gate.send(
    new Request(`${ORIGIN}/oauth/token`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${btoa(`${id}:${secret}`)}`,
      },
      body: new URLSearchParams({ grant_type: "client_credentials", ...form }),
    }),
  );
  return { id, status: answer.status, json: JSON.parse(answer.text) as Record<string, string> };
}

const tokensOf = async (clientIdentifier: string) => {
  const { totalCount } = await gate.services.authlete["auth/token/get/list"]({ clientIdentifier });
  return totalCount;
};

/** The answer of a procedure of back ends to a token. */
const callWith = (token: string | undefined) =>
  gate
    .trpc(
      procedureRequest(
        "token.introspect",
        { token: "x".repeat(43) },
        { headers: { authorization: `Bearer ${token}`, origin: null, "sec-fetch-site": null } },
      ),
    )
    .then(readReply);

describe("the scope token:issue", () => {
  it("is not given to a client that nobody limits, and nothing is left of what the engine issued", async () => {
    const refused = await tokensFor({}, { scope: "profile token:issue" });
    expect([refused.status, refused.json.error]).toEqual([400, "invalid_scope"]);
    expect(refused.json).not.toHaveProperty("access_token");
    expect(await tokensOf(refused.id)).toBe(0);
    const other = await tokensFor({}, { scope: "profile" });
    expect([other.status, other.json.scope]).toEqual([200, "profile"]);
  });

  it("is given to a client that it is written down for, which is a back end then", async () => {
    const { status, json } = await tokensFor(limitedTo("token:issue"), { scope: "token:issue" });
    expect([status, json.scope]).toEqual([200, "token:issue"]);
    expect((await callWith(json.access_token)).status).toBe(200);
  });

  it("is not given to a client that is limited to others", async () => {
    const { json } = await tokensFor(limitedTo("profile"), { scope: "profile token:issue" });
    expect(String(json.scope ?? "")).not.toContain("token:issue");
  });

  it("makes nobody a back end whose token came another way", async () => {
    const mint = async (changes: Client) => {
      const { id } = await gate.register({ grantTypes: ["CLIENT_CREDENTIALS"], ...changes });
      const made = await gate.services.authlete["auth/token/create"]({
        clientId: Number(id),
        grantType: "CLIENT_CREDENTIALS",
        scopes: ["token:issue"],
      });
      return "accessToken" in made ? String(made.accessToken) : undefined;
    };
    const refused = await callWith(await mint({}));
    expect([refused.status, refused.error?.code]).toEqual([401, "UNAUTHORIZED"]);
    expect((await callWith(await mint(limitedTo("token:issue")))).status).toBe(200);
  });

  it("is not given with a code either", async () => {
    const person = await gate.person();
    const { code } = await person.agree(authorizationRequest(gate.clientId, { scope: "openid token:issue" }));
    const { status, json } = await gate.redeem(code);
    expect([status, json.error]).toEqual([400, "invalid_scope"]);
    expect(await tokensOf(gate.clientId)).toBe(0);
  });

  it("is taken back when the engine cannot say whose it is", async () => {
    gate.intercept((call, send) =>
      call.operation === "client/get" ? Promise.reject(new Error("down")) : send(),
    );
    const { id, status, json } = await tokensFor(limitedTo("token:issue"), { scope: "token:issue" });
    expect(status).toBeGreaterThanOrEqual(500);
    expect(json).not.toHaveProperty("access_token");
    gate.intercept((_, send) => send());
    expect(await tokensOf(id)).toBe(0);
  });

  it("is not given with the password grant", async () => {
    const { id, secret } = await gate.register({ grantTypes: ["PASSWORD"] });
    const settings = { ...gate.services.settings, passwordGrantClients: new Set([id]) };
    const response = await createTokenEndpoint({ ...gate.services, settings })(
      new Request(`${ORIGIN}/oauth/token`, {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          authorization: `Basic ${btoa(`${id}:${secret}`)}`,
        },
        body: new URLSearchParams({
          grant_type: "password",
          username: demo.username,
          password: demo.password,
          scope: "profile token:issue",
        }),
      }),
    );
    expect([response.status, ((await response.json()) as { error?: string }).error]).toEqual([
      400,
      "invalid_scope",
    ]);
    expect(await tokensOf(id)).toBe(0);
  });
});
