import type { Service } from "../../authlete/service.ts";

const texts = {
  A219302: "A scope was left out: the service does not support it, or the client may not have it.",
  A223201: "The template of the complete verification URI has no place for the user code.",
  A238302: "An authentication context class was left out: the service does not support it.",
} as const;

type Ignored = { ignoredScopes: readonly string[]; ignoredAcrs: readonly string[] };

/** What went another way than the device, or the owner of the service, may think. */
export function deviceWarnings(
  service: Service,
  { ignoredScopes, ignoredAcrs }: Ignored,
  uriComplete: string | undefined,
): string[] {
  const codes: (keyof typeof texts)[] = [];
  if (ignoredScopes.length > 0) codes.push("A219302");
  if (ignoredAcrs.length > 0) codes.push("A238302");
  if (service.deviceVerificationUriComplete && uriComplete === undefined) codes.push("A223201");
  return codes.map((code) => `[${code}] ${texts[code]}`);
}
