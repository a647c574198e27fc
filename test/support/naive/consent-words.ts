import type { AuthorizationDetails } from "../../../src/server/authlete/members.ts";

/** Authorization details as a page shows them that takes JSON for plain words. */
export function naiveDetailText({
  type,
  otherFields = "{}",
}: NonNullable<AuthorizationDetails["elements"]>[number]): string {
  const fields = Object.entries(JSON.parse(otherFields)).map(([name, value]) => `${name}: ${value}`);
  return [type, ...fields].join("\n");
}
