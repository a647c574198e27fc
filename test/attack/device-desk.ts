import { vi } from "vitest";
import { decide, enterCode } from "../../src/app/(interaction)/device/actions.ts";
import { createAttemptLimit } from "../../src/server/account/attempt-limit.ts";
import type { DeviceDecision } from "../../src/server/flow/device/decide-device.ts";
import {
  type AuthorizationGate,
  openAuthorizationGate,
  type Visitor,
} from "../support/authorization-gate.ts";
import { formTokenFor, sendForm, serveActions } from "./sent-form.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

/** The form of a decision, as a page has it. */
export type DecisionForm = { request: string; decision: DeviceDecision; formToken: string };

/** Where people let devices in, as an attacker reaches it. */
export type DeviceDesk = {
  gate: AuthorizationGate;
  /** A television begins: what it shows, and what it keeps (RFC 8628 3.2). */
  begin(): Promise<{ userCode: string; deviceCode: string }>;
  /** The access token that it has by now. */
  poll(deviceCode: string): Promise<string | undefined>;
  /** Types a code; gives what names the request on the page that asks. */
  enter(browser: Visitor, userCode: string): Promise<string | undefined>;
  /** The form on the page that asks, in the browser that has opened it. */
  form(browser: Visitor, request: string, decision: DeviceDecision): Promise<DecisionForm>;
  decide(browser: Visitor, form: DecisionForm): Promise<unknown>;
  close(): Promise<void>;
};

/** So many tries have people, and addresses, in a minute. */
export const TRIES = { perUsername: 10, perAddress: 60 };

/** Ours, through the server actions that the forms of the pages call. */
export async function openDeviceDesk(): Promise<DeviceDesk> {
  const gate = await openAuthorizationGate({ overrides: { attempts: createAttemptLimit(TRIES) } });
  serveActions(gate.services);
  return {
    ...(await devicesOf(gate)),
    async enter(browser, userCode) {
      const formToken = await formTokenFor(browser, "device");
      const path = await sendForm(browser, (form) => enterCode({ userCode: "" }, form), {
        formToken,
        userCode,
      });
      return /^\/device\/confirm\?request=(?<request>.+)$/.exec(path)?.groups?.request;
    },
    form: async (browser, request, decision) => ({
      request: decodeURIComponent(request),
      decision,
      formToken: await formTokenFor(browser, "device"),
    }),
    decide: (browser, form) => sendForm(browser, (sent) => decide({}, sent), form),
  };
}

/** The devices of a gate: they do as RFC 8628 says, whoever they are let in by. */
export async function devicesOf(
  gate: AuthorizationGate,
): Promise<Pick<DeviceDesk, "gate" | "begin" | "poll" | "close">> {
  const client = await gate.register({ clientName: "Television", grantTypes: ["DEVICE_CODE"] });
  return {
    gate,
    async begin() {
      const { json } = await gate.post("/oauth/device", { scope: "openid profile" }, client);
      return { userCode: String(json.user_code), deviceCode: String(json.device_code) };
    },
    async poll(deviceCode) {
      gate.clock.advance(6_000);
      const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
      const { json } = await gate.token({ grant_type, device_code: deviceCode }, client);
      return json.access_token as string | undefined;
    },
    close: gate.close,
  };
}

/** What an honest person does: types the code of a television, and lets it in. */
export async function letsIn(desk: DeviceDesk): Promise<boolean> {
  const { userCode, deviceCode } = await desk.begin();
  const browser = await desk.gate.person();
  const request = await desk.enter(browser, userCode);
  if (request === undefined) return false;
  await desk.decide(browser, await desk.form(browser, request, "allow"));
  return (await desk.poll(deviceCode)) !== undefined;
}
