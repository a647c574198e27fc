import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createAttemptLimit } from "../../src/server/account/attempt-limit.ts";
import { introspectionCall, passwordCall, refusal, refusedWith } from "../support/spec-requests.ts";
import { clients, type SpecServer, startSpecServer } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

describe("RFC 6749 §4.3: the password grant of a listed client", () => {
  it.each(["basic", "post", "public"] as const)(
    "gives tokens for the subject of the account: %s",
    async (name) => {
      const { status, json } = await server.send(passwordCall(clients[name]));
      expect(status).toBe(200);
      expect(json).toMatchObject({ token_type: "Bearer", scope: "read write", expires_in: 3600 });
      const about = await server.send(introspectionCall(String(json.access_token)));
      expect(about.json).toMatchObject({
        active: true,
        sub: server.subject,
        client_id: String(clients[name].clientId),
      });
    },
  );

  it.each<[string, string, () => string]>([
    ["a wrong password", "password", () => "wrong horse battery"],
    ["an unknown user", "username", () => "mallory"],
    ["the subject for a user name", "username", () => server.subject],
  ])("refuses %s with invalid_grant, all with one text", async (_, name, value) => {
    const call = passwordCall();
    call.parameters.set(name, value());
    expect(await refusal(server, call)).toEqual(refusedWith(400, "invalid_grant"));
    expect((await server.send(call)).json.error_description).toBe(
      "The user name or the password is not right.",
    );
  });

  it.each(["username", "password"])("refuses a request without %s with invalid_request", async (name) => {
    const missing = passwordCall();
    missing.parameters.delete(name);
    const empty = passwordCall();
    empty.parameters.set(name, "");
    expect(await refusal(server, missing)).toEqual(refusedWith(400, "invalid_request"));
    expect(await refusal(server, empty)).toEqual(refusedWith(400, "invalid_request"));
  });

  it("takes a password with any characters, as the form encoding carries them", async () => {
    const call = passwordCall();
    call.parameters.set("password", "correct+horse battery");
    expect(await refusal(server, call)).toEqual(refusedWith(400, "invalid_grant"));
    call.parameters.set("password", "correct horse battery");
    expect((await server.send(call)).status).toBe(200);
  });
});

describe("RFC 6749 §4.3.2: guessing passwords", () => {
  it("refuses a user name after too many tries, whatever the password, and says how long to wait", async () => {
    const limited = await startSpecServer({
      attempts: createAttemptLimit({ perUsername: 3, perAddress: 100 }),
    });
    onTestFinished(() => limited.close());
    const wrong = passwordCall();
    wrong.parameters.set("password", "wrong horse battery");
    for (let tries = 0; tries < 3; tries++) {
      expect(await refusal(limited, wrong)).toEqual(refusedWith(400, "invalid_grant"));
    }
    expect(await refusal(limited, passwordCall())).toEqual(refusedWith(429, "temporarily_unavailable"));
    const { headers } = await limited.send(passwordCall());
    expect(headers.get("retry-after")).toMatch(/^[1-9]\d?$/);
    wrong.parameters.set("username", "mallory");
    expect(await refusal(limited, wrong)).toEqual(refusedWith(400, "invalid_grant"));
  });
});
