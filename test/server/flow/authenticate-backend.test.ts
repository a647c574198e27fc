import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  backend,
  clientCredentialsToken,
  freshValue,
  type Gate,
  openGate,
  procedureRequest,
  readReply,
} from "../../support/gate.ts";
import { addBackend, engineFailureNames, failEngine, findClient, openActor, saveClient } from "./actors.ts";

let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
});
afterEach(() => gate.close());

const noPage = { origin: null, "sec-fetch-site": null };

/** A call that a back end with a good access token may make. */
async function callWith(authorization: string, pages: Record<string, string | null> = noPage) {
  const headers = { authorization, ...pages };
  const input = { token: freshValue() };
  return readReply(await gate.trpc(procedureRequest("token.introspect", input, { headers })));
}

const tokenOf = (scope: string) => clientCredentialsToken(gate.services, { ...backend, scope });

describe("a back end is known by its access token", () => {
  it("from client credentials, with the scope token:issue", async () => {
    const reply = await callWith(`Bearer ${await tokenOf("token:issue")}`);
    expect(reply).toMatchObject({ status: 200, data: { action: "UNAUTHORIZED", existent: false } });
  });

  const others: Record<string, () => Promise<string>> = {
    "an unknown one": async () => freshValue(),
    "one without the scope": () => tokenOf("profile"),
    "one of a person, with the scope": personsToken,
    "one of a person who signed in": async () => issued(await openActor(gate, "server")),
    "a refresh token": async () => issued(await openActor(gate, "server"), "refreshToken"),
    "a ticket": async () => (await openActor(gate, "backend")).ticket(),
    "one that was revoked": async () => {
      const token = await tokenOf("token:issue");
      await gate.server().token.revoke({
        parameters: new URLSearchParams({ token }).toString(),
        clientId: backend.id,
        clientSecret: backend.secret,
      });
      return token;
    },
    "one that has expired": async () => {
      const token = await tokenOf("token:issue");
      gate.clock.advance(3_600_000);
      return token;
    },
    "one of a client that was locked": async () => {
      const { id, secret } = await addBackend(gate, "2002");
      const token = await clientCredentialsToken(gate.services, { id, secret });
      await saveClient(gate, { ...(await findClient(gate, id)), locked: true });
      return token;
    },
  };

  it.each(Object.keys(others))("and not by another token: %s", async (name) => {
    const token = await others[name]?.();
    const calls = gate.calls.length;
    const reply = await callWith(`Bearer ${token}`);
    expect(reply).toMatchObject({ status: 401, error: { code: "UNAUTHORIZED" } });
    expect(gate.calls.slice(calls).map(({ operation }) => operation)).toEqual(["auth/introspection"]);
  });

  it.each(["Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "bearer", "Negotiate x"])(
    "and not by another Authorization: %s",
    async (authorization) => {
      const reply = await callWith(authorization, {});
      expect(reply).toMatchObject({ status: 401, error: { code: "UNAUTHORIZED" } });
      expect(gate.calls).toEqual([]);
    },
  );

  it.each(engineFailureNames.filter((name) => !name.startsWith("did it")))(
    "and not at all when the engine %s: then nobody can tell",
    async (failure) => {
      const token = await tokenOf("token:issue");
      failEngine(gate, "auth/introspection", failure);
      expect(await callWith(`Bearer ${token}`)).toMatchObject({
        status: 503,
        error: { code: "ENGINE_UNAVAILABLE" },
      });
    },
  );

  /** The grant of a person that even has the scope. */
  async function personsToken(): Promise<string> {
    const server = gate.server();
    const parameters = "grant_type=password&username=u&password=p&scope=token:issue";
    const credentials = { clientId: backend.id, clientSecret: backend.secret };
    const answer = await server.token.request({ parameters, ...credentials });
    const ticket = answer.action === "PASSWORD" ? answer.ticket : "";
    const tokens = await server.token.issue({ ticket, subject: "usr_1" });
    expect(tokens.scopes).toEqual(["token:issue"]);
    return "accessToken" in tokens ? tokens.accessToken : "";
  }
});

async function issued(actor: Awaited<ReturnType<typeof openActor>>, member = "accessToken"): Promise<string> {
  const { data } = await actor.issue(await actor.ticket());
  return String(data?.[member]);
}
