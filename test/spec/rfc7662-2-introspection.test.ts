import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  formCall,
  introspectionCall,
  isUncached,
  passwordCall,
  refusal,
  refusedWith,
  revocationCall,
  signIn,
} from "../support/spec-requests.ts";
import { clients, issuer, type SpecServer, startSpecServer, user } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

describe("RFC 7662 §2.2: an active token", () => {
  it("is described, to whom and for how long it was given", async () => {
    const { accessToken } = await signIn(server);
    const { status, headers, json } = await server.send(introspectionCall(accessToken));
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json;charset=UTF-8");
    expect(isUncached(headers)).toBe(true);
    expect(json).toEqual({
      active: true,
      scope: "read write",
      client_id: "5001",
      sub: server.subject,
      iss: issuer,
      exp: Date.UTC(2026, 0, 1) / 1000 + 3600,
      token_type: "Bearer",
    });
  });

  it("of a client that uses its alias is described with the alias", async () => {
    const { json } = await server.send(
      formCall("/oauth/token", { grant_type: "client_credentials" }, clients.reserved),
    );
    const about = await server.send(introspectionCall(String(json.access_token)));
    expect(about.json.client_id).toBe(clients.reserved.clientIdAlias);
  });

  it("shows visible properties as members, and neither hidden ones nor any that would forge a standard member", async () => {
    const token = await tokenWith([
      { key: "tenant", value: "north" },
      { key: "internal", value: "canary", hidden: true },
      { key: "username", value: "root" },
      { key: "aud", value: "https://elsewhere.example" },
    ]);
    const { json, text } = await server.send(introspectionCall(token));
    expect(json).toMatchObject({ active: true, tenant: "north", sub: server.subject });
    expect(json).not.toHaveProperty("username");
    expect(json).not.toHaveProperty("aud");
    expect(text).not.toContain("canary");
  });

  it("can be asked about by any confidential client, by Basic or in the body", async () => {
    const { accessToken } = await signIn(server, clients.public);
    for (const caller of [clients.basic, clients.post, clients.reserved]) {
      expect((await server.send(introspectionCall(accessToken, caller))).json.active).toBe(true);
    }
  });

  it.each(["access_token", "refresh_token", "nonsense"])(
    "is found whatever the hint says: %s",
    async (hint) => {
      const { accessToken } = await signIn(server);
      const call = introspectionCall(accessToken);
      call.parameters.set("token_type_hint", hint);
      expect((await server.send(call)).json.active).toBe(true);
    },
  );

  async function tokenWith(properties: { key: string; value: string; hidden?: boolean }[]): Promise<string> {
    const asked = await server.engine["auth/token"]({
      parameters: new URLSearchParams({ grant_type: "password", ...user }).toString(),
      clientId: String(clients.basic.clientId),
      clientSecret: clients.basic.clientSecret,
    });
    if (asked.action !== "PASSWORD") throw new Error(asked.action);
    const issued = await server.engine["auth/token/issue"]({
      ticket: asked.ticket,
      subject: server.subject,
      properties,
    });
    if (issued.action !== "OK") throw new Error(issued.action);
    return issued.accessToken;
  }
});

describe("RFC 7662 §2.2: a token that is not active gets one word and no reason", () => {
  it.each<[string, () => Promise<string>]>([
    ["unknown", async () => "nonsense"],
    ["a refresh token", async () => (await signIn(server)).refreshToken],
    [
      "revoked",
      async () => {
        const { accessToken } = await signIn(server);
        await server.send(revocationCall(accessToken));
        return accessToken;
      },
    ],
    [
      "expired",
      async () => {
        const { accessToken } = await signIn(server);
        server.wait(3600);
        return accessToken;
      },
    ],
  ])("%s", async (_, make) => {
    const { status, text } = await server.send(introspectionCall(await make()));
    expect(status).toBe(200);
    expect(text).toBe('{"active":false}');
  });
});

describe("RFC 7662 §2.1 and §4: who asks has to be somebody", () => {
  it("a request without a client is 401", async () => {
    const { accessToken } = await signIn(server);
    const call = introspectionCall(accessToken);
    call.headers.delete("authorization");
    expect(await refusal(server, call)).toEqual(refusedWith(401, "invalid_client"));
  });

  it("a public client is 401, about its own token too", async () => {
    const { accessToken } = await signIn(server, clients.public);
    expect(await refusal(server, introspectionCall(accessToken, clients.public))).toEqual(
      refusedWith(401, "invalid_client"),
    );
  });

  it("an access token does not authenticate", async () => {
    const { accessToken } = await signIn(server);
    const call = introspectionCall(accessToken);
    call.headers.set("authorization", `Bearer ${accessToken}`);
    expect(await refusal(server, call)).toEqual(refusedWith(401, "invalid_client"));
  });

  it("a request without a token is invalid_request", async () => {
    expect(await refusal(server, introspectionCall(""))).toEqual(refusedWith(400, "invalid_request"));
  });

  it("a query does not carry the token", async () => {
    const call = passwordCall();
    expect(await refusal(server, { ...call, path: "/oauth/introspect?token=x" })).toEqual(
      refusedWith(400, "invalid_request"),
    );
  });
});
