import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  basicHeader,
  clientCredentialsCall,
  introspectionCall,
  rawBasicHeader,
  refreshCall,
  refusal,
  refusedWith,
  revocationCall,
  signIn,
} from "../support/spec-requests.ts";
import { type Call, clients, type SpecServer, startSpecServer } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

const { basic, post, reserved, locked } = clients;

describe("RFC 6749 §2.3.1: Basic credentials are form-encoded before they are joined", () => {
  it("an identifier and a secret with colon, percent, plus, blank and UTF-8 authenticate", async () => {
    const { status, json } = await server.send(clientCredentialsCall(reserved));
    expect(status).toBe(200);
    expect(json.access_token).toEqual(expect.any(String));
  });

  it.each([
    ["not encoded at all", `${reserved.clientIdAlias}:${reserved.clientSecret}`],
    [
      "with the secret not encoded",
      `${new URLSearchParams([["", reserved.clientIdAlias]]).toString().slice(1)}:${reserved.clientSecret}`,
    ],
  ])("the same credentials %s do not: invalid_client", async (_, pair) => {
    const call = clientCredentialsCall(reserved);
    call.headers.set("authorization", rawBasicHeader(pair));
    expect(await refusal(server, call)).toEqual(refusedWith(401, "invalid_client"));
  });

  it("the scheme's name is taken in any case", async () => {
    const call = clientCredentialsCall();
    call.headers.set(
      "authorization",
      basicHeader(String(basic.clientId), basic.clientSecret).replace("Basic", "bASIC"),
    );
    expect((await server.send(call)).status).toBe(200);
  });
});

describe("RFC 6749 §5.2: failed authentication is 401 invalid_client with a challenge", () => {
  const spoiled: [string, (call: Call) => void][] = [
    ["a wrong secret", ({ headers }) => headers.set("authorization", basicHeader("5001", "wrong"))],
    ["an empty secret", ({ headers }) => headers.set("authorization", basicHeader("5001", ""))],
    [
      "an unknown client",
      ({ headers }) => headers.set("authorization", basicHeader("999", basic.clientSecret)),
    ],
    [
      "an unknown alias",
      ({ headers }) => headers.set("authorization", basicHeader("nobody", basic.clientSecret)),
    ],
    [
      "a locked client",
      ({ headers }) => headers.set("authorization", basicHeader("5006", locked.clientSecret)),
    ],
    [
      "no identifier",
      ({ headers }) => headers.set("authorization", rawBasicHeader(`:${basic.clientSecret}`)),
    ],
    ["no colon", ({ headers }) => headers.set("authorization", rawBasicHeader("5001"))],
    ["what is not base64", ({ headers }) => headers.set("authorization", "Basic 5001:secret")],
    ["a broken percent-encoding", ({ headers }) => headers.set("authorization", rawBasicHeader("5001:%zz"))],
    ["another scheme", ({ headers }) => headers.set("authorization", "Bearer abc")],
  ];

  it.each(spoiled)("%s, at the token endpoint", async (_, spoil) => {
    const call = clientCredentialsCall();
    spoil(call);
    expect(await refusal(server, call)).toEqual(refusedWith(401, "invalid_client"));
  });

  it.each(spoiled)("%s, at the introspection endpoint", async (_, spoil) => {
    const call = introspectionCall("token");
    spoil(call);
    expect(await refusal(server, call)).toEqual(refusedWith(401, "invalid_client"));
  });

  it.each(spoiled)("%s, at the revocation endpoint, and the token lives on", async (_, spoil) => {
    const { accessToken } = await signIn(server);
    const call = revocationCall(accessToken);
    spoil(call);
    expect(await refusal(server, call)).toEqual(refusedWith(401, "invalid_client"));
    expect((await server.send(introspectionCall(accessToken))).json.active).toBe(true);
  });

  it("none of them without the spoiling", async () => {
    expect((await server.send(clientCredentialsCall())).status).toBe(200);
  });

  it("credentials of the body that are wrong get a challenge too", async () => {
    const call = clientCredentialsCall(post);
    call.parameters.set("client_secret", "wrong");
    expect(await refusal(server, call)).toEqual(refusedWith(401, "invalid_client"));
  });

  it("a client cannot use another channel than the one it is registered for", async () => {
    const inBody = clientCredentialsCall();
    inBody.headers.delete("authorization");
    inBody.parameters.set("client_id", String(basic.clientId));
    inBody.parameters.set("client_secret", basic.clientSecret);
    const inHeader = clientCredentialsCall(post);
    inHeader.parameters.delete("client_id");
    inHeader.parameters.delete("client_secret");
    inHeader.headers.set("authorization", basicHeader(String(post.clientId), post.clientSecret));
    expect(await refusal(server, inBody)).toEqual(refusedWith(401, "invalid_client"));
    expect(await refusal(server, inHeader)).toEqual(refusedWith(401, "invalid_client"));
    expect((await server.send(clientCredentialsCall(post))).status).toBe(200);
  });

  it("a confidential client cannot refresh without authenticating", async () => {
    const { refreshToken } = await signIn(server);
    const call = refreshCall(refreshToken);
    call.headers.delete("authorization");
    call.parameters.set("client_id", String(basic.clientId));
    expect(await refusal(server, call)).toEqual(refusedWith(401, "invalid_client"));
    expect((await server.send(refreshCall(refreshToken))).status).toBe(200);
  });
});

describe("RFC 6749 §2.3: more than one authentication method is invalid_request", () => {
  it.each<[string, Record<string, string>]>([
    ["client_id and client_secret", { client_id: "5001", client_secret: basic.clientSecret }],
    ["client_secret", { client_secret: basic.clientSecret }],
    ["a client assertion", { client_assertion: "x", client_assertion_type: "y" }],
  ])("Basic and %s in the body, right as they may be", async (_, extra) => {
    const call = clientCredentialsCall();
    for (const [name, value] of Object.entries(extra)) call.parameters.set(name, value);
    expect(await refusal(server, call)).toEqual(refusedWith(400, "invalid_request"));
  });

  it("Basic for one client and client_id of another", async () => {
    const call = clientCredentialsCall();
    call.parameters.set("client_id", String(post.clientId));
    expect(await refusal(server, call)).toEqual(refusedWith(400, "invalid_request"));
  });

  it.each<Record<string, string>>([{ client_id: "5001" }, { client_id: "5001", client_secret: "" }])(
    "Basic and %o is one method",
    async (extra) => {
      const call = clientCredentialsCall();
      for (const [name, value] of Object.entries(extra)) call.parameters.set(name, value);
      expect((await server.send(call)).status).toBe(200);
    },
  );
});

describe("RFC 6749 §2.3.1: credentials MUST NOT stand in the request URI", () => {
  it.each(["/oauth/token", "/oauth/introspect", "/oauth/revoke"])(
    "%s refuses them, right as they are",
    async (path) => {
      const call = {
        ...clientCredentialsCall(post),
        path: `${path}?client_id=5002&client_secret=${post.clientSecret}`,
      };
      call.parameters.delete("client_secret");
      call.parameters.set("token", "x");
      expect(await refusal(server, call)).toEqual(refusedWith(400, "invalid_request"));
    },
  );

  it("a query without credentials is nobody's business (§3.2)", async () => {
    const call = { ...clientCredentialsCall(), path: "/oauth/token?tenant=north" };
    expect((await server.send(call)).status).toBe(200);
  });
});
