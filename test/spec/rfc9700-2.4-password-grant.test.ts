import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passwordCall, refusal, refusedWith } from "../support/spec-requests.ts";
import { clients, type SpecServer, startSpecServer } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

describe("RFC 9700 §2.4: the password grant is for nobody who is not listed", () => {
  it.each(["unlisted", "reserved"] as const)(
    "%s gets unauthorized_client for the right password",
    async (name) => {
      expect(await refusal(server, passwordCall(clients[name]))).toEqual(
        refusedWith(400, "unauthorized_client"),
      );
    },
  );

  it.each(["unlisted", "reserved"] as const)(
    "%s learns nothing about a password: the answer to a wrong one is the same",
    async (name) => {
      const wrong = passwordCall(clients[name]);
      wrong.parameters.set("password", "wrong horse battery");
      expect((await server.send(wrong)).text).toBe((await server.send(passwordCall(clients[name]))).text);
    },
  );

  it("the same request of a listed client gets tokens", async () => {
    expect((await server.send(passwordCall(clients.basic))).status).toBe(200);
  });
});
