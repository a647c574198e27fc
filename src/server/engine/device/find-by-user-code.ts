import type { Artifact } from "../artifacts.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import { userCodeHash } from "./user-code.ts";

/** The codes for a user code that is missing, unknown or expired. */
type UserCodeCodes = Record<"missing" | "unknown" | "expired", RefusalCode>;

/** The request of this user code, whether it was decided upon or not. The code counts to the letter. */
export async function findByUserCode(
  context: EngineContext,
  value: unknown,
  codes: UserCodeCodes,
): Promise<Artifact<"device_code">> {
  const userCode = givenNonEmptyText(value) ?? refuse(codes.missing);
  const found = await context.store.read.findArtifactByAlias("device_code", userCodeHash(context, userCode));
  if (!found) return refuse(codes.unknown);
  if (found.expiresAt <= context.now) refuse(codes.expired);
  return found;
}
