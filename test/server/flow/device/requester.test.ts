import { afterAll, beforeAll, expect, it } from "vitest";
import { requesterOf } from "../../../../src/server/flow/device/requester.ts";
import { type AuthorizationGate, openAuthorizationGate } from "../../../support/authorization-gate.ts";
import { ORIGIN } from "../../../support/gate.ts";

let gate: AuthorizationGate;
let client: { id: string; secret: string };

beforeAll(async () => {
  gate = await openAuthorizationGate({ env: { TICKETGATE_ADDRESS_HEADER: "x-real-ip" } });
  client = await gate.register({ clientName: "Television", grantTypes: ["DEVICE_CODE"] });
});
afterAll(() => gate.close());

async function begin(headers: Record<string, string> = {}, secret = client.secret) {
  const answer = await gate.send(
    new Request(`${ORIGIN}/oauth/device`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${btoa(`${client.id}:${secret}`)}`,
        ...headers,
      },
      body: new URLSearchParams({ scope: "openid" }),
    }),
  );
  return { status: answer.status, text: answer.text, userCode: String(JSON.parse(answer.text).user_code) };
}

it("RFC 8628 §5.4: it is known when, from where and by what a code was asked for", async () => {
  const askedAt = gate.clock();
  const { userCode, text } = await begin({
    "x-real-ip": "198.51.100.1, 203.0.113.5",
    "user-agent": "curl/8.5.0",
  });
  gate.clock.advance(120_000);
  const known = { askedAt, address: "203.0.113.5", program: "curl 8.5.0" };
  expect(await requesterOf(gate.services, userCode)).toEqual(known);
  const typed = `${userCode.slice(0, 4)}-${userCode.slice(4).toLowerCase()}`;
  expect(await requesterOf(gate.services, typed)).toEqual(known);
  expect(text).not.toContain("203.0.113.5");
  expect(gate.lines.join("\n")).not.toContain("203.0.113.5");
});

it("says nothing of an address or a program that it cannot read", async () => {
  const { userCode } = await begin({ "x-real-ip": "<b>", "user-agent": "()" });
  expect(await requesterOf(gate.services, userCode)).toEqual({ askedAt: gate.clock() });
});

it("knows nothing of a code that the Web API gave, of a refused request, and after the code's time", async () => {
  const made = await gate.services.authlete["device/authorization"]({
    parameters: "scope=openid",
    clientId: client.id,
    clientSecret: client.secret,
  });
  if (made.action !== "OK") throw new Error(made.action);
  expect(await requesterOf(gate.services, made.userCode)).toBeUndefined();
  const refused = await begin({ "x-real-ip": "203.0.113.5" }, "wrong");
  expect(refused).toMatchObject({ status: 401, userCode: "undefined" });
  expect(await requesterOf(gate.services, refused.userCode)).toBeUndefined();
  const { userCode } = await begin({ "x-real-ip": "203.0.113.5" });
  gate.clock.advance(599_999);
  expect(await requesterOf(gate.services, userCode)).toBeDefined();
  gate.clock.advance(1);
  expect(await requesterOf(gate.services, userCode)).toBeUndefined();
});
