import type { z } from "zod";
import { hashOf } from "../secret/hash.ts";
import type { FlowPorts } from "./ports.ts";

type SealPorts = Pick<FlowPorts, "keyring" | "clock">;

/** What one page hands on to the next in its address: by name, for a time in milliseconds. */
export type Step<Schema extends z.ZodType = z.ZodType> = { name: string; schema: Schema; lifetimeMs: number };

/**
 * Seals what the next step has to know, for an address.
 *
 * @param browser value of the pre-session cookie: nobody can send another browser there.
 */
export function sealStep<Schema extends z.ZodType>(
  { keyring, clock }: SealPorts,
  step: Step<Schema>,
  { content, browser }: { content: z.infer<Schema>; browser: string },
): string {
  return keyring.seal(JSON.stringify([clock() + step.lifetimeMs, content]), contextOf(step, browser));
}

/** What was sealed, or `undefined` when it is not of this browser and this step, or too old. */
export function openStep<Schema extends z.ZodType>(
  { keyring, clock }: SealPorts,
  step: Step<Schema>,
  { sealed, browser }: { sealed: unknown; browser: string | undefined },
): z.infer<Schema> | undefined {
  if (typeof sealed !== "string" || browser === undefined) return undefined;
  const text = keyring.open(sealed, contextOf(step, browser));
  if (text === undefined) return undefined;
  const [until, content] = JSON.parse(text) as [number, unknown];
  return until > clock() ? step.schema.safeParse(content).data : undefined;
}

function contextOf({ name }: Step, browser: string): string {
  return `step ${name} ${hashOf(browser)}`;
}
