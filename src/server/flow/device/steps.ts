import { z } from "zod";
import type { Step } from "../sealed-step.ts";
import { deviceOutcomes } from "./decide-device.ts";

const MINUTE_MS = 60_000;

/** A code that was found, and who found it: nobody else decides. */
export const codeStep = {
  name: "device code",
  schema: z.strictObject({ userCode: z.string(), subject: z.string() }),
  lifetimeMs: 15 * MINUTE_MS,
} satisfies Step;

export const outcomeStep = {
  name: "device outcome",
  schema: z.strictObject({ outcome: z.enum(deviceOutcomes), clientName: z.string().optional() }),
  lifetimeMs: 15 * MINUTE_MS,
} satisfies Step;
