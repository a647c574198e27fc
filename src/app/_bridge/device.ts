import "server-only";
import { headers } from "next/headers";
import { type SignedIn, signedInAt } from "../../server/flow/authorization/signed-in.ts";
import {
  type DeviceDecision,
  type DeviceOutcome,
  decideDevice,
} from "../../server/flow/device/decide-device.ts";
import type { DeviceRequest } from "../../server/flow/device/device-request.ts";
import { type CodeProblem, deviceOf, findDevice } from "../../server/flow/device/find-device.ts";
import { type DeviceOrigin, requesterOf } from "../../server/flow/device/requester.ts";
import { codeStep, outcomeStep } from "../../server/flow/device/steps.ts";
import { TicketgateError } from "../../server/flow/error.ts";
import { openStep, sealStep } from "../../server/flow/sealed-step.ts";
import { callerAddress } from "../../server/http/caller-address.ts";
import type { Services } from "../../server/services.ts";
import { failureOf } from "../bridge.ts";
import { atRequest, type CookieStore, PageError, preSessionOf, sessionOf } from "./at-request.ts";

/** A code of a device that the person at this browser has entered, and what it stands for. */
export type EnteredCode = {
  userCode: string;
  device: DeviceRequest | "CODE_UNKNOWN" | "CODE_EXPIRED";
  signedIn: SignedIn;
};

/** The same for the page that asks about it: with where the device is, and where the person is, for that person alone. */
export type ShownCode = EnteredCode & {
  /** `undefined` when it is not known. */
  origin: DeviceOrigin | undefined;
  here: { now: number; address: string | undefined };
};

/**
 * Finds what a code of a device stands for. For server actions.
 *
 * @returns the path of the page that asks about it, or why it leads nowhere.
 * @throws TicketgateError UNAUTHORIZED when nobody is signed in; ENGINE_UNAVAILABLE.
 */
export async function enterUserCode(typed: unknown): Promise<{ goTo: string } | { problem: CodeProblem }> {
  const [[services, store], sent] = await Promise.all([atRequest(), headers()]);
  const signedIn = await signedInAt(services, sessionOf(services, store));
  if (!signedIn) throw new TicketgateError("UNAUTHORIZED");
  const { subject } = signedIn;
  const address = callerAddress(sent, services.config.addressHeader);
  const found = await findDevice(services, typed, { subject, address });
  if ("problem" in found) return found;
  const browser = preSessionOf(services, store) ?? "";
  const request = sealStep(services, codeStep, { content: { ...found, subject }, browser });
  return { goTo: `/device/confirm?${new URLSearchParams({ request })}` };
}

/**
 * The code that stands in the address of a page; `undefined` when this browser was not sent there, or somebody else is signed in by now.
 * For pages.
 */
export async function enteredCode(sealed: unknown): Promise<ShownCode | undefined> {
  const [[services, store], sent] = await Promise.all([atRequest(), headers()]);
  try {
    const entered = await readEnteredCode(services, store, sealed);
    if (!entered) return undefined;
    const here = { now: services.clock(), address: callerAddress(sent, services.config.addressHeader) };
    return { ...entered, origin: await requesterOf(services, entered.userCode), here };
  } catch (error) {
    throw new PageError(await failureOf(error, "/device/confirm"));
  }
}

/**
 * Does what the person at this browser decided about a device. For server actions.
 *
 * @param sealed the code, as it stood in the page's address.
 * @returns the path of the page that says what became of it.
 * @throws TicketgateError ENGINE_UNAVAILABLE.
 */
export async function decideAboutDevice(sealed: string, decision: DeviceDecision): Promise<string> {
  const [services, store] = await atRequest();
  const entered = await readEnteredCode(services, store, sealed);
  if (!entered) return "/device/done";
  const { userCode, device, signedIn } = entered;
  const outcome = await decideDevice(services, userCode, { decision, signedIn });
  const content = { outcome, ...(typeof device === "string" ? {} : { clientName: device.client.name }) };
  const browser = preSessionOf(services, store) ?? "";
  const step = sealStep(services, outcomeStep, { content, browser });
  return `/device/done?${new URLSearchParams({ outcome: step })}`;
}

async function readEnteredCode(
  services: Services,
  store: CookieStore,
  sealed: unknown,
): Promise<EnteredCode | undefined> {
  const entered = openStep(services, codeStep, { sealed, browser: preSessionOf(services, store) });
  const signedIn = entered && (await signedInAt(services, sessionOf(services, store)));
  if (!entered || signedIn?.subject !== entered.subject) return undefined;
  return { userCode: entered.userCode, device: await deviceOf(services, entered.userCode), signedIn };
}

/** What became of a device, as the address of the page says it to this browser. */
export async function deviceOutcome(
  sealed: unknown,
): Promise<{ outcome: DeviceOutcome; clientName?: string | undefined } | undefined> {
  const [services, store] = await atRequest();
  return openStep(services, outcomeStep, { sealed, browser: preSessionOf(services, store) });
}
