"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { deviceDecisions } from "../../../server/flow/device/decide-device.ts";
import type { CodeProblem } from "../../../server/flow/device/find-device.ts";
import type { PublicError } from "../../../server/flow/error.ts";
import { decideAboutDevice, enterUserCode } from "../../_bridge/device.ts";
import {
  consumeFormToken,
  failureOf,
  isSentByScript,
  isSignedIn,
  makeFormToken,
  publicErrorOf,
} from "../../bridge.ts";

/** What the form for a code shows after it was sent: with a token of its own, because the one before is used. */
export type CodeState = { problem?: CodeProblem; fault?: PublicError; userCode: string; formToken?: string };

/** What the form for a decision shows after it was sent; or where a script of ours goes, so that the page is not kept as it was. */
export type DecisionState = { fault?: PublicError; formToken?: string; goTo?: string };

const codeFormSchema = z.strictObject({ formToken: z.string(), userCode: z.string() });
const decisionFormSchema = z.strictObject({
  formToken: z.string(),
  request: z.string(),
  decision: z.enum(deviceDecisions),
});

/**
 * Looks up a code that somebody entered, and goes on to the page that asks about it.
 *
 * @param _previous comes from the browser and is not used.
 */
export async function enterCode(_previous: CodeState, form: unknown): Promise<CodeState> {
  const state = await answered(form);
  return { ...state, formToken: await makeFormToken("device") };
}

async function answered(form: unknown): Promise<CodeState> {
  const read = codeFormSchema.safeParse(members(form)).data;
  if (!read) return { fault: publicErrorOf({ code: "BAD_REQUEST" }), userCode: "" };
  const { formToken, userCode } = read;
  if (!(await isSignedIn())) redirect(loginPath(userCode));
  if (!(await consumeFormToken("device", formToken))) {
    return { fault: publicErrorOf({ code: "FORM_EXPIRED" }), userCode };
  }
  const found = await looked(userCode);
  if ("goTo" in found) redirect(found.goTo as Route);
  return { ...found, userCode };
}

async function looked(userCode: string) {
  try {
    return await enterUserCode(userCode);
  } catch (error) {
    return { fault: await failureOf(error, "/device") };
  }
}

/**
 * Does what somebody decided about a device, once, and goes on to the page that says so.
 *
 * @param _previous comes from the browser and is not used.
 */
export async function decide(_previous: DecisionState, form: unknown): Promise<DecisionState> {
  const end = await judged(form);
  return "goTo" in end ? end : { ...end, formToken: await makeFormToken("device") };
}

async function judged(form: unknown): Promise<{ fault: PublicError } | { goTo: string }> {
  const read = decisionFormSchema.safeParse(members(form)).data;
  if (!read) return { fault: publicErrorOf({ code: "BAD_REQUEST" }) };
  const { formToken, request, decision } = read;
  if (!(await consumeFormToken("device", formToken))) {
    return { fault: publicErrorOf({ code: "FORM_EXPIRED" }) };
  }
  const outcome = await decided(request, decision);
  if (!("goTo" in outcome)) return outcome;
  if (!(await isSentByScript())) redirect(outcome.goTo as Route);
  return outcome;
}

async function decided(request: string, decision: (typeof deviceDecisions)[number]) {
  try {
    return { goTo: await decideAboutDevice(request, decision) };
  } catch (error) {
    return { fault: await failureOf(error, "/device/confirm") };
  }
}

/** The members of a form but for React's own; nothing for what is none, or has a member twice. */
function members(form: unknown): Record<string, FormDataEntryValue> {
  if (!(form instanceof FormData)) return {};
  const entries = [...form].filter(([name]) => !name.startsWith("$ACTION_"));
  return new Set(entries.map(([name]) => name)).size === entries.length ? Object.fromEntries(entries) : {};
}

function loginPath(userCode: string): Route {
  const next = `/device?${new URLSearchParams({ user_code: userCode })}`;
  return `/login?${new URLSearchParams({ next })}` as Route;
}
