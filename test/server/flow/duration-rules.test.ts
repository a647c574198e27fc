import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backend, type Gate, openGate } from "../../support/gate.ts";
import {
  addBackend,
  failEngine,
  findClient,
  openActor,
  outcomeOf,
  passwordRequest,
  repairEngine,
  SERVICE_ID,
  saveClient,
  setService,
} from "./actors.ts";

let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
});
afterEach(() => gate.close());

const issues = () => gate.callsOf("auth/token/issue").length;

/** What the embedded service grants, in seconds. */
const granted = { accessTokenDuration: 3_600, refreshTokenDuration: 2_592_000 };
const names = Object.keys(granted) as (keyof typeof granted)[];

describe.each(["backend", "server"] as const)("durations given by a %s", (kind) => {
  it.each(names)("may be as long as the service grants: %s", async (name) => {
    const actor = await openActor(gate, kind);
    const { data } = await actor.issue(await actor.ticket(), { [name]: granted[name] });
    expect(data?.[name]).toBe(granted[name]);
  });

  it.each(names)("may be shorter: %s", async (name) => {
    const actor = await openActor(gate, kind);
    const { data } = await actor.issue(await actor.ticket(), { [name]: 60 });
    expect(data?.[name]).toBe(60);
  });

  it.each(names)("are refused when longer, and the ticket stays good: %s", async (name) => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    const { error } = await actor.issue(ticket, { [name]: granted[name] + 1 });
    expect(error).toMatchObject({
      code: "BAD_REQUEST",
      fields: { [name]: [`may be at most ${granted[name]} seconds`] },
    });
    expect(issues()).toBe(0);
    expect((await actor.issue(ticket, { [name]: 60 })).data?.action).toBe("OK");
  });

  it("are refused both at once, each named", async () => {
    const actor = await openActor(gate, kind);
    const durations = { accessTokenDuration: 1e9, refreshTokenDuration: 1e9 };
    const { error } = await actor.issue(await actor.ticket(), durations);
    expect(Object.keys(error?.fields ?? {})).toEqual(names);
  });

  it("may not be longer than the client of the ticket is granted", async () => {
    const client = await findClient(gate, backend.id);
    await saveClient(gate, { ...client, extension: { ...client.extension, accessTokenDuration: 600 } });
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    const { error } = await actor.issue(ticket, { accessTokenDuration: 601 });
    expect(error?.fields).toEqual({ accessTokenDuration: ["may be at most 600 seconds"] });
    expect((await actor.issue(ticket, { accessTokenDuration: 600 })).data?.accessTokenDuration).toBe(600);
  });

  it("may not be longer than a scope of the ticket grants; other scopes do not matter", async () => {
    await limitScopes({ profile: 300, email: 60 });
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    const { error } = await actor.issue(ticket, { accessTokenDuration: 301 });
    expect(error?.fields).toEqual({ accessTokenDuration: ["may be at most 300 seconds"] });
    expect((await actor.issue(ticket, { accessTokenDuration: 300 })).data?.accessTokenDuration).toBe(300);
  });

  it("are refused where the service grants none", async () => {
    await setService(gate, { refreshTokenDuration: 0 });
    const actor = await openActor(gate, kind);
    const { error } = await actor.issue(await actor.ticket(), { refreshTokenDuration: 1 });
    expect(error?.fields).toEqual({ refreshTokenDuration: ["may be at most 0 seconds"] });
  });

  it.each(["service/get", "client/get"] as const)(
    "leave the ticket good when %s fails",
    async (operation) => {
      const actor = await openActor(gate, kind);
      const ticket = await actor.ticket();
      failEngine(gate, operation, "cannot be reached");
      const { error } = await actor.issue(ticket, { accessTokenDuration: 60 });
      expect(error?.code).toBe("ENGINE_UNAVAILABLE");
      repairEngine(gate);
      expect((await actor.issue(ticket, { accessTokenDuration: 60 })).data?.action).toBe("OK");
    },
  );
});

/** Gives scopes of the service an end of their own, in seconds. */
async function limitScopes(limits: Record<string, number>): Promise<void> {
  const service = await gate.services.store.findService(SERVICE_ID);
  const supportedScopes = (service?.supportedScopes ?? []).map((scope) => {
    const limit = limits[scope.name ?? ""];
    const attributes = [{ key: "access_token.duration", value: String(limit) }];
    return limit === undefined ? scope : { ...scope, attributes };
  });
  await setService(gate, { supportedScopes });
}

describe("a ticket that came straight from the engine", () => {
  const ticketOfEngine = async () => {
    const answer = await gate.services.authlete["auth/token"](passwordRequest());
    return answer.action === "PASSWORD" ? answer.ticket : "";
  };
  const issue = (ticket: string, extras: Record<string, unknown> = {}) =>
    outcomeOf(gate.server().token.issue({ ticket, subject: "usr_1", ...extras }));

  it.each(names)("is of a client that nobody knows here, so it takes no duration: %s", async (name) => {
    const client = await findClient(gate, backend.id);
    await saveClient(gate, { ...client, extension: { ...client.extension, [name]: 600 } });
    const ticket = await ticketOfEngine();
    const { error } = await issue(ticket, { [name]: 601 });
    expect(error).toMatchObject({
      code: "BAD_REQUEST",
      fields: { [name]: ["may be given only with a ticket of token.request"] },
    });
    expect(issues()).toBe(0);
    expect((await issue(ticket)).data).toMatchObject({ action: "OK", [name]: 600 });
  });
});

describe("without a duration", () => {
  it("the engine is asked for no limits", async () => {
    const actor = await openActor(gate, "backend");
    await actor.issue(await actor.ticket());
    expect(gate.callsOf("service/get")).toEqual([]);
  });
});

describe("token.request", () => {
  const request = (changes: Record<string, unknown> = {}) => ({
    parameters: "grant_type=client_credentials",
    clientId: backend.id,
    clientSecret: backend.secret,
    ...changes,
  });

  it("may shorten and never lengthen", async () => {
    const caller = await gate.backend();
    const asked = gate.callsOf("auth/token").length;
    const longer = await caller.call("token.request", request({ accessTokenDuration: 3_601 }));
    expect(longer.error?.fields).toEqual({ accessTokenDuration: ["may be at most 3600 seconds"] });
    expect(gate.callsOf("auth/token")).toHaveLength(asked);
    const shorter = await caller.call("token.request", request({ accessTokenDuration: 60 }));
    expect(shorter.data).toMatchObject({ action: "OK", accessTokenDuration: 60 });
  });

  it("may not be longer than a scope that is asked for grants, nor than any when none is", async () => {
    await limitScopes({ profile: 300, email: 60 });
    const { token } = gate.server();
    const ask = (accessTokenDuration: number, scope = "") =>
      outcomeOf(
        token.request(request({ parameters: `grant_type=client_credentials${scope}`, accessTokenDuration })),
      );
    const seconds = (most: number) => ({ accessTokenDuration: [`may be at most ${most} seconds`] });
    expect((await ask(301, "&scope=openid+profile")).error?.fields).toEqual(seconds(300));
    expect((await ask(300, "&scope=openid+profile")).data).toMatchObject({ accessTokenDuration: 300 });
    expect((await ask(61)).error?.fields).toEqual(seconds(60));
    expect((await ask(61, "&scope=")).error?.fields).toEqual(seconds(60));
    expect((await ask(3_600, "&scope=openid")).data).toMatchObject({ accessTokenDuration: 3_600 });
  });

  it.each(["Basic credentials", "parameters"])("knows the client from its %s", async (place) => {
    const short = {
      tokenAuthMethod: place === "parameters" ? "CLIENT_SECRET_POST" : "CLIENT_SECRET_BASIC",
    } as const;
    const { extension } = await findClient(gate, backend.id);
    const other = await addOther({ ...short, extension: { ...extension, accessTokenDuration: 30 } });
    const credentials =
      place === "parameters"
        ? {
            clientId: undefined,
            clientSecret: undefined,
            parameters: `grant_type=client_credentials&client_id=${other.id}&client_secret=${other.secret}`,
          }
        : { clientId: other.id, clientSecret: other.secret };
    const longer = gate.server().token.request(request({ ...credentials, accessTokenDuration: 31 }));
    expect((await outcomeOf(longer)).error?.fields).toEqual({
      accessTokenDuration: ["may be at most 30 seconds"],
    });
    const allowed = gate.server().token.request(request({ ...credentials, accessTokenDuration: 30 }));
    expect((await outcomeOf(allowed)).data).toMatchObject({ action: "OK", accessTokenDuration: 30 });
  });

  it("leaves it to the engine to say that there is no such client", async () => {
    const answer = gate.server().token.request(request({ clientId: "987", accessTokenDuration: 60 }));
    expect((await outcomeOf(answer)).data).toMatchObject({ action: "INVALID_CLIENT" });
  });

  async function addOther(changes: NonNullable<Parameters<typeof addBackend>[2]>) {
    // Its own access token is asked for with Basic credentials, so what is different comes after.
    const other = await addBackend(gate, "2002");
    await saveClient(gate, { ...(await findClient(gate, "2002")), ...changes });
    return other;
  }
});
