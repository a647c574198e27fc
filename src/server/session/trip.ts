import { z } from "zod";

const stepSchema = z.strictObject({
  from: z.enum(["browser", "trpc", "engine"]),
  to: z.enum(["browser", "trpc", "engine"]),
  title: z.string(),
  detail: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  durationMs: z.number(),
  resultCode: z.string().optional(),
});

/** One leg of a sign-in, for a person to look at. It never holds a secret, only that there was one. */
export type TripStep = z.infer<typeof stepSchema>;

export const tripSchema = z.array(stepSchema);

/** What stands in a trip in place of a secret. */
export const WITHHELD = "••••••••";

/** The stored form of a trip. */
export function writeTrip(steps: readonly TripStep[]): string {
  return JSON.stringify(steps);
}

/** A stored trip; empty when an older release wrote it in another form. */
export function readTrip(text: string): TripStep[] {
  try {
    return tripSchema.safeParse(JSON.parse(text)).data ?? [];
  } catch {
    return [];
  }
}
