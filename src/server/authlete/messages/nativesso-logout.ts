import { z } from "zod";
import { answer, branch } from "../result.ts";

/** `POST nativesso/logout`: ends the tokens of a session of Native SSO. */
export const nativeSsoLogoutRequestSchema = z.object({ sessionId: z.string() });
export type NativeSsoLogoutRequest = z.infer<typeof nativeSsoLogoutRequestSchema>;

/** The answer of `nativesso/logout`. */
export const nativeSsoLogoutResponseSchema = answer([
  /** How many tokens ended. */
  branch("OK", { count: z.int().optional() }),
  branch("SERVER_ERROR", { count: z.int().optional() }),
  branch("CALLER_ERROR", { count: z.int().optional() }),
]);
export type NativeSsoLogoutResponse = z.infer<typeof nativeSsoLogoutResponseSchema>;
