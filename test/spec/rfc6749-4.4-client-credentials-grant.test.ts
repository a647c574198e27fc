import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientCredentialsCall, introspectionCall, refusal, refusedWith } from "../support/spec-requests.ts";
import { clients, type SpecServer, startSpecServer } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

describe("RFC 6749 §4.4: the client credentials grant", () => {
  it.each(["basic", "post", "reserved"] as const)(
    "gives a confidential client a token of its own: %s",
    async (name) => {
      const { status, json } = await server.send(clientCredentialsCall(clients[name]));
      expect(status).toBe(200);
      const about = await server.send(introspectionCall(String(json.access_token)));
      expect(about.json).toMatchObject({ active: true, scope: "read" });
      expect(about.json).not.toHaveProperty("sub");
    },
  );

  it("§4.4: MUST only be used by confidential clients", async () => {
    expect(await refusal(server, clientCredentialsCall(clients.public))).toEqual(
      refusedWith(400, "unauthorized_client"),
    );
  });

  it("§4.4.2: the client MUST authenticate", async () => {
    const call = clientCredentialsCall();
    call.headers.delete("authorization");
    expect(await refusal(server, call)).toEqual(refusedWith(400, "invalid_request"));
    call.parameters.set("client_id", String(clients.basic.clientId));
    expect(await refusal(server, call)).toEqual(refusedWith(401, "invalid_client"));
  });

  it("§4.4.3: a refresh token is not included", async () => {
    const { json } = await server.send(clientCredentialsCall());
    expect(json).not.toHaveProperty("refresh_token");
  });
});
