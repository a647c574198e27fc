import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  clientCredentialsCall,
  refreshCall,
  refusal,
  refusedWith,
  signIn,
} from "../support/spec-requests.ts";
import { type Call, clients, type SpecServer, startSpecServer } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

describe("RFC 6749 §5.2: every refusal is an error object, uncached, and holds no token", () => {
  it.each<[string, string, (call: Call) => void]>([
    [
      "unsupported_grant_type",
      "a grant that nobody knows",
      ({ parameters }) => parameters.set("grant_type", "magic"),
    ],
    [
      "unsupported_grant_type",
      "the implicit grant",
      ({ parameters }) => parameters.set("grant_type", "implicit"),
    ],
    [
      "unsupported_grant_type",
      "a grant in other letters",
      ({ parameters }) => parameters.set("grant_type", "Client_Credentials"),
    ],
    [
      "unsupported_grant_type",
      "token exchange, which is not offered",
      ({ parameters }) => parameters.set("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
    ],
    [
      "invalid_request",
      "a refresh without its token",
      ({ parameters }) => parameters.set("grant_type", "refresh_token"),
    ],
    [
      "invalid_grant",
      "a refresh token that nobody has",
      ({ parameters }) => {
        parameters.set("grant_type", "refresh_token");
        parameters.set("refresh_token", "nonsense");
      },
    ],
  ])("%s: %s", async (error, _, spoil) => {
    const call = clientCredentialsCall();
    spoil(call);
    expect(await refusal(server, call)).toEqual(refusedWith(400, error));
    expect((await server.send(clientCredentialsCall())).status).toBe(200);
  });

  it("unauthorized_client: a grant that the client is not registered for", async () => {
    const { basic } = clients;
    await server.store.upsertClient("1", { ...basic, grantTypes: ["CLIENT_CREDENTIALS", "PASSWORD"] });
    const call = clientCredentialsCall();
    call.parameters.set("grant_type", "refresh_token");
    call.parameters.set("refresh_token", "x");
    expect(await refusal(server, call)).toEqual(refusedWith(400, "unauthorized_client"));
    await server.store.upsertClient("1", {
      ...basic,
      grantTypes: ["CLIENT_CREDENTIALS", "PASSWORD", "REFRESH_TOKEN"],
    });
  });

  it("invalid_scope: more than was granted", async () => {
    const { refreshToken } = await signIn(server);
    const call = refreshCall(refreshToken);
    call.parameters.set("scope", "read write profile");
    expect(await refusal(server, call)).toEqual(refusedWith(400, "invalid_scope"));
    expect((await server.send(refreshCall(refreshToken))).status).toBe(200);
  });
});
