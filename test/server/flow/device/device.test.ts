import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAttemptLimit } from "../../../../src/server/account/attempt-limit.ts";
import type { SignedIn } from "../../../../src/server/flow/authorization/signed-in.ts";
import { decideDevice } from "../../../../src/server/flow/device/decide-device.ts";
import { deviceOf, findDevice } from "../../../../src/server/flow/device/find-device.ts";
import { type AuthorizationGate, openAuthorizationGate } from "../../../support/authorization-gate.ts";
import { demo, ORIGIN } from "../../../support/gate.ts";

let gate: AuthorizationGate;
let clientId: string;
let secret: string;
let signedIn: SignedIn;

beforeAll(async () => {
  gate = await openAuthorizationGate();
  const client = await gate.register({
    clientName: "Television",
    grantTypes: ["DEVICE_CODE", "REFRESH_TOKEN"],
  });
  [clientId, secret] = [client.id, client.secret];
  const subject = await gate.subject();
  const authenticatedAt = gate.clock() - 60_000;
  signedIn = { ...demo, subject, authenticatedAt, methods: ["pwd"], sessionHash: "h", sessionEnd: 0 };
});
afterAll(() => gate.close());
beforeEach(() => gate.intercept((_, send) => send()));

const post = async (path: string, form: Record<string, string>) => {
  const answer = await gate.send(
    new Request(`${ORIGIN}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${btoa(`${clientId}:${secret}`)}`,
      },
      body: new URLSearchParams(form),
    }),
  );
  return { status: answer.status, json: JSON.parse(answer.text) as Record<string, string> };
};

const begin = async () =>
  (await post("/oauth/device", { scope: "openid profile" })).json as {
    user_code: string;
    device_code: string;
    verification_uri_complete: string;
  };

const poll = (deviceCode: string) =>
  post("/oauth/token", {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: deviceCode,
  });

const by = () => ({ subject: signedIn.subject, address: undefined });

describe("a code that somebody enters", () => {
  it("is found however it is typed, and says who asks for what", async () => {
    const { user_code } = await begin();
    const typed = ` ${user_code.toLowerCase().slice(0, 4)}-${user_code.toLowerCase().slice(4)}`;
    expect(await findDevice(gate.services, typed, by())).toEqual({ userCode: user_code });
    const device = await deviceOf(gate.services, user_code);
    expect(device).toMatchObject({ client: { id: clientId, name: "Television" }, resources: [] });
    const scopes = typeof device === "string" ? [] : device.scopes.map(({ name }) => name);
    expect(scopes.toSorted()).toEqual(["openid", "profile"]);
  });

  it("leads nowhere when it is empty, unknown or expired", async () => {
    const find = (typed: unknown) => findDevice(gate.services, typed, by());
    expect(await find(" ")).toEqual({ problem: "CODE_EMPTY" });
    expect(await find(undefined)).toEqual({ problem: "CODE_EMPTY" });
    expect(await find("BBBBBBBB")).toEqual({ problem: "CODE_UNKNOWN" });
    expect(await find("<b>")).toEqual({ problem: "CODE_UNKNOWN" });
    const { user_code } = await begin();
    gate.clock.advance(601_000);
    expect(await find(user_code)).toEqual({ problem: "CODE_EXPIRED" });
  });

  it("cannot be found by trying (RFC 8628, section 5.1): tries count for the person, right or wrong", async () => {
    const attempts = createAttemptLimit({ perUsername: 10, perAddress: 60 });
    const ports = { ...gate.services, attempts };
    const { user_code } = await begin();
    const looked = () => gate.callsOf("device/verification").length;
    const tries = [];
    for (let count = 0; count < 10; count += 1) tries.push(await findDevice(ports, "BBBBBBBB", by()));
    expect(new Set(tries.map((tried) => "problem" in tried && tried.problem))).toEqual(
      new Set(["CODE_UNKNOWN"]),
    );
    const before = looked();
    expect(await findDevice(ports, user_code, by())).toEqual({ problem: "TOO_MANY_TRIES" });
    expect(looked()).toBe(before);
    const somebodyElse = { subject: "usr_else", address: undefined };
    expect(await findDevice(ports, user_code, somebodyElse)).toEqual({ userCode: user_code });
  });

  it("cannot be found by trying from one address as many people", async () => {
    const attempts = createAttemptLimit({ perUsername: 10, perAddress: 5 });
    const ports = { ...gate.services, attempts };
    const from = (count: number) => ({ subject: `usr_${count}`, address: "203.0.113.9" });
    for (let count = 0; count < 5; count += 1) await findDevice(ports, "BBBBBBBB", from(count));
    expect(await findDevice(ports, "BBBBBBBB", from(6))).toEqual({ problem: "TOO_MANY_TRIES" });
  });
});

describe("a decision about a device", () => {
  it("lets the device in, as the person who decided and when they signed in", async () => {
    const { user_code, device_code } = await begin();
    expect((await poll(device_code)).json.error).toBe("authorization_pending");
    expect(await decideDevice(gate.services, user_code, { decision: "allow", signedIn })).toBe("allowed");
    gate.clock.advance(6_000);
    const { status, json } = await poll(device_code);
    expect(status).toBe(200);
    const [, payload = ""] = (json.id_token ?? "").split(".");
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({
      sub: signedIn.subject,
      auth_time: Math.floor(signedIn.authenticatedAt / 1000),
    });
  });

  it("turns the device away", async () => {
    const { user_code, device_code } = await begin();
    expect(await decideDevice(gate.services, user_code, { decision: "deny", signedIn })).toBe("denied");
    expect((await poll(device_code)).json.error).toBe("access_denied");
  });

  it("counts once", async () => {
    const { user_code, device_code } = await begin();
    const decisions = await Promise.all(
      (["deny", "allow", "allow"] as const).map((decision) =>
        decideDevice(gate.services, user_code, { decision, signedIn }),
      ),
    );
    expect(decisions.filter((outcome) => outcome !== "over")).toHaveLength(1);
    const again = await decideDevice(gate.services, user_code, { decision: "allow", signedIn });
    expect(again).toBe("over");
    expect(decisions.includes("denied") ? (await poll(device_code)).json.error : "access_denied").toBe(
      "access_denied",
    );
  });

  it("comes too late for a code that has expired", async () => {
    const { user_code } = await begin();
    gate.clock.advance(601_000);
    expect(await decideDevice(gate.services, user_code, { decision: "allow", signedIn })).toBe("expired");
    expect(await decideDevice(gate.services, "BBBBBBBB", { decision: "allow", signedIn })).toBe("over");
  });

  it.each([
    { action: "SUCCESS", outcome: "allowed" },
    { action: "USER_CODE_EXPIRED", outcome: "expired" },
    { action: "INVALID_REQUEST", outcome: "over" },
    { action: "USER_CODE_NOT_EXIST", outcome: "over" },
  ])("says what the engine's $action means", async ({ action, outcome }) => {
    const { user_code } = await begin();
    gate.intercept((call, send) =>
      call.operation === "device/complete" ? Promise.resolve({ action }) : send(),
    );
    expect(await decideDevice(gate.services, user_code, { decision: "allow", signedIn })).toBe(outcome);
  });

  it.each([
    { operation: "device/complete", action: "SERVER_ERROR" },
    { operation: "device/complete", action: "UNKNOWN_ACTION" },
    { operation: "device/verification", action: "SERVER_ERROR" },
    { operation: "device/verification", action: "INTERNAL_SERVER_ERROR" },
    { operation: "device/verification", action: "UNKNOWN_ACTION" },
  ])("is not available when $operation answers $action", async ({ operation, action }) => {
    const { user_code } = await begin();
    gate.intercept((call, send) => (call.operation === operation ? Promise.resolve({ action }) : send()));
    const deciding = decideDevice(gate.services, user_code, { decision: "allow", signedIn });
    await expect(deciding).rejects.toMatchObject({ code: "ENGINE_UNAVAILABLE" });
  });
});
