import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  clientCredentialsCall,
  introspectionCall,
  isUncached,
  passwordCall,
  refreshCall,
  signIn,
} from "../support/spec-requests.ts";
import type { Call, SpecServer } from "../support/spec-server.ts";
import { startSpecServer } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

const grants: [string, () => Promise<Call> | Call][] = [
  ["client_credentials", () => clientCredentialsCall()],
  ["password", () => passwordCall()],
  ["refresh_token", async () => refreshCall((await signIn(server)).refreshToken)],
];

describe("RFC 6749 §5.1: a token response", () => {
  it.each(grants)("of %s is 200 JSON that is kept nowhere", async (_, make) => {
    const { status, headers } = await server.send(await make());
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json;charset=UTF-8");
    expect(isUncached(headers)).toBe(true);
    expect(headers.has("access-control-allow-origin")).toBe(false);
    expect(headers.has("www-authenticate")).toBe(false);
  });

  it.each(grants)("of %s names the token, its type and its lifetime in seconds", async (_, make) => {
    const { json } = await server.send(await make());
    expect(json).toMatchObject({ access_token: expect.any(String), token_type: "Bearer", expires_in: 3600 });
  });

  it("tells the scope when it is not what was asked for (§3.3)", async () => {
    const call = clientCredentialsCall();
    call.parameters.set("scope", "read nonsense");
    expect((await server.send(call)).json).toMatchObject({ scope: "read" });
  });
});

describe("RFC 6750 §2.1: the access token", () => {
  it.each(grants)("of %s has only characters that an Authorization header carries", async (_, make) => {
    const { json } = await server.send(await make());
    expect(json.access_token).toMatch(/^[A-Za-z0-9\-._~+/]+=*$/);
  });

  it("RFC 6749 §10.10: is different every time, and long enough not to be guessed", async () => {
    const tokens = new Set<string>();
    for (let asked = 0; asked < 20; asked += 1) {
      tokens.add(String((await server.send(clientCredentialsCall())).json.access_token));
    }
    expect(tokens.size).toBe(20);
    expect(Math.min(...[...tokens].map(({ length }) => length))).toBeGreaterThanOrEqual(43);
  });

  it("ends when expires_in says", async () => {
    const { json } = await server.send(clientCredentialsCall());
    server.wait(3599);
    expect((await server.send(introspectionCall(String(json.access_token)))).json.active).toBe(true);
    server.wait(1);
    expect((await server.send(introspectionCall(String(json.access_token)))).json).toEqual({ active: false });
  });
});
