import { z } from "zod";
import type { Step } from "../sealed-step.ts";

const MINUTE_MS = 60_000;

const questionSchema = z.strictObject({
  /** The application that asks. */
  clientName: z.string().optional(),
  /** Its home page, https: a link for the person, who goes there or not. */
  home: z.string().optional(),
  /** Where the browser may be sent once the person has signed out. */
  goOnTo: z.string().optional(),
});

const resultSchema = z.strictObject({
  clientName: z.string().optional(),
  home: z.string().optional(),
  goOnTo: z.string().optional(),
  /** Addresses of clients that the browser loads in frames. */
  frames: z.array(z.string()),
});

/** What a person is asked, in the address of the page that asks. */
export type LogoutQuestion = z.infer<typeof questionSchema>;

/** What the page says that comes last, in its address. */
export type LogoutResult = z.infer<typeof resultSchema>;

/** A request that another site posts comes without cookies: it is of no browser yet. */
export const requestStep = {
  name: "logout request",
  schema: z.strictObject({ parameters: z.string() }),
  lifetimeMs: MINUTE_MS,
} satisfies Step;

export const questionStep = {
  name: "logout question",
  schema: questionSchema,
  lifetimeMs: 30 * MINUTE_MS,
} satisfies Step;

export const resultStep = {
  name: "logout result",
  schema: resultSchema,
  lifetimeMs: 5 * MINUTE_MS,
} satisfies Step;
