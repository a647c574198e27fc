import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessTokenErrors } from "../../../src/server/flow/access-token-rules.ts";
import { freshValue, type Gate, openGate } from "../../support/gate.ts";
import { type Actor, failEngine, findClient, openActor, repairEngine, setService } from "./actors.ts";

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());

const issues = () => gate.callsOf("auth/token/issue").length;
const HEX = "0123456789abcdef";

describe("the value that a caller chooses for an access token", () => {
  it.each([
    ["32 letters and digits", "ZmFrZUxldHRlcnNBbmREaWdpdHMxMjM0"],
    ["48 of hexadecimal", HEX.repeat(3)],
    ["512 characters", `${freshValue()}${"xY7-".repeat(200)}`.slice(0, 512)],
    ["padding at the end", `${freshValue()}==`],
    ["every kind of character", `${freshValue()}-._~+/`],
  ])("may be %s", (_, value) => {
    expect(accessTokenErrors(value)).toEqual({});
  });

  it.each([
    ["nothing", "", "characters"],
    ["a blank in it", `${freshValue()} x`, "characters"],
    ["a line break in it", `${freshValue()}\nx`, "characters"],
    ["padding in the middle", `${freshValue()}=x`, "characters"],
    ["a character outside ASCII", `${freshValue()}é`, "characters"],
    ["513 characters", "xY7-".repeat(200).slice(0, 513), "512"],
    ["22 characters of base64url", "Ab3-Zk9_qRstUvWxYz0123", "192 bits"],
    ["47 of hexadecimal", HEX.repeat(3).slice(1), "192 bits"],
    ["one character again and again", "a".repeat(100), "192 bits"],
    ["a word", "password", "192 bits"],
    ["31 letters and digits", "ZmFrZUxldHRlcnNBbmREaWdpdHMxMjM", "192 bits"],
    ["a UUID", "6f1c1c1e-9b1d-4c58-8a43-2d4cf3ce9d10", "192 bits"],
    ["57 digits", "314159265358979323846264338327950288419716939937510582097", "192 bits"],
    ["padding that makes it long", `Ab3Zk9${"=".repeat(60)}`, "192 bits"],
  ])("may not be %s", (_, value, reason) => {
    expect(accessTokenErrors(value)).toEqual({ accessToken: [expect.stringContaining(reason)] });
  });

  it("is read without a fault, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 600 }), (value) => {
        expect(Object.keys(accessTokenErrors(value))).toEqual(
          expect.toSatisfy((names: string[]) => names.every((name) => name === "accessToken")),
        );
      }),
    );
  });

  it.each(["base64url", "hex"] as const)("passes whenever it is 24 bytes of chance in %s", (encoding) => {
    for (let tries = 0; tries < 2_000; tries++) {
      expect(accessTokenErrors(randomBytes(24).toString(encoding))).toEqual({});
    }
  });

  it.each(["base64url", "hex"] as const)("never passes with 23 bytes in %s", (encoding) => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 23 });
    fc.assert(
      fc.property(bytes, (value) => {
        expect(accessTokenErrors(Buffer.from(value).toString(encoding))).not.toEqual({});
      }),
    );
  });
});

describe("a chosen value that the rules accept", () => {
  const accepted = fc
    .string({ unit: fc.constantFrom(...`${HEX}ghijkXYZ-._~+/`), minLength: 48, maxLength: 200 })
    .filter((value) => Object.keys(accessTokenErrors(value)).length === 0);

  it("becomes the access token as it is", async () => {
    const server = await openActor(gate, "server");
    await fc.assert(
      fc.asyncProperty(accepted, async (accessToken) => {
        const { data } = await server.issue(await server.ticket(), { accessToken });
        expect(data?.accessToken).toBe(accessToken);
        const told = await gate.server().token.introspect({ token: accessToken });
        expect(told).toMatchObject({ action: "OK", subject: server.subject });
      }),
      { numRuns: 50 },
    );
  });
});

describe.each(["backend", "server"] as const)("a value that was seen before, chosen by a %s", (kind) => {
  const refusal = { code: "BAD_REQUEST", fields: { accessToken: ["was seen before"] } };
  const seen = {
    "a good access token": async () => issuedBy(await openActor(gate, "server")),
    "an access token that has expired": async () => {
      const token = await issuedBy(await openActor(gate, "server"), { accessTokenDuration: 1 });
      gate.clock.advance(1_000);
      return token;
    },
    "an access token of a back end": async () => (await gate.backend()).token,
  };

  it.each(Object.keys(seen) as (keyof typeof seen)[])(
    "is refused, nothing is issued and the ticket stays good: %s",
    async (name) => {
      const accessToken = await seen[name]();
      const actor = await openActor(gate, kind);
      const ticket = await actor.ticket();
      const before = issues();
      expect((await actor.issue(ticket, { accessToken })).error).toMatchObject(refusal);
      expect(issues()).toBe(before);
      const fresh = freshValue();
      expect((await actor.issue(ticket, { accessToken: fresh })).data?.accessToken).toBe(fresh);
    },
  );

  it("leaves the ticket good when the engine cannot tell", async () => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    const accessToken = freshValue();
    // The access token of the back end is introspected first: only the question about the chosen value fails.
    gate.intercept(({ operation, request }, send) =>
      operation === "auth/introspection" && request.token === accessToken
        ? Promise.resolve({ action: "INTERNAL_SERVER_ERROR", resultCode: "A000000" })
        : send(),
    );
    expect((await actor.issue(ticket, { accessToken })).error?.code).toBe("ENGINE_UNAVAILABLE");
    repairEngine(gate);
    expect((await actor.issue(ticket, { accessToken })).data?.accessToken).toBe(accessToken);
  });

  it("becomes one token when two tickets ask for it at the same moment", async () => {
    const actor = await openActor(gate, kind);
    const tickets = [await actor.ticket(), await actor.ticket()];
    const accessToken = freshValue();
    const outcomes = await Promise.all(tickets.map((ticket) => actor.issue(ticket, { accessToken })));
    expect(outcomes.filter(({ data }) => data?.accessToken === accessToken)).toHaveLength(1);
    expect(outcomes.filter(({ error }) => error !== undefined)).toHaveLength(1);
  });
});

describe("where access tokens are JWTs", () => {
  it("a chosen value that is the JWT of an earlier token is refused", async () => {
    await setService(gate, { accessTokenSignAlg: "ES256" });
    const server = await openActor(gate, "server");
    const { data } = await server.issue(await server.ticket());
    const accessToken = String(data?.jwtAccessToken);
    expect(accessToken.length).toBeLessThanOrEqual(512);
    const { error } = await server.issue(await server.ticket(), { accessToken });
    expect(error).toMatchObject({ code: "BAD_REQUEST", fields: { accessToken: ["was seen before"] } });
    await setService(gate, { accessTokenSignAlg: undefined });
  });
});

describe("token.request", () => {
  const request = (accessToken: string) => ({
    parameters: "grant_type=client_credentials",
    clientId: "2001",
    clientSecret: "",
    accessToken,
  });

  it("refuses a value that was seen before, and asks the engine for no token", async () => {
    const clientSecret = (await findClient(gate, "2001")).clientSecret ?? "";
    const accessToken = freshValue();
    const caller = gate.server();
    const first = await caller.token.request({ ...request(accessToken), clientSecret });
    expect(first).toMatchObject({ action: "OK", accessToken });
    const asked = gate.callsOf("auth/token").length;
    await expect(caller.token.request({ ...request(accessToken), clientSecret })).rejects.toMatchObject({
      cause: { code: "BAD_REQUEST", fields: { accessToken: ["was seen before"] } },
    });
    expect(gate.callsOf("auth/token")).toHaveLength(asked);
  });

  it("asks nothing about a value that nobody chose", async () => {
    failEngine(gate, "auth/introspection", "says that it failed");
    const server = await openActor(gate, "server");
    expect((await server.issue(await server.ticket())).data?.action).toBe("OK");
    repairEngine(gate);
  });
});

async function issuedBy(actor: Actor, changes: Record<string, unknown> = {}): Promise<string> {
  const { data } = await actor.issue(await actor.ticket(), changes);
  return String(data?.accessToken);
}
