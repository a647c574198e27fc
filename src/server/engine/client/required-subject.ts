import { refuseCall } from "../call-refusal.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import { givenNonEmptyText } from "../given.ts";

/** The end-user that a call about authorizations has to name. The call is refused (400) without one. */
export function requiredSubject(value: unknown): string {
  const subject = givenNonEmptyText(value);
  return subject !== undefined && isStorable(subject) ? subject : refuseCall("A126202", "subject");
}
