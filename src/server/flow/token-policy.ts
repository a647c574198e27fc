import { accessTokenErrors } from "./access-token-rules.ts";
import type { BackendPolicy, Caller } from "./caller.ts";
import { type Claims, readClaims } from "./claim-rules.ts";
import { type FieldErrors, TicketgateError } from "./error.ts";
import { type GivenProperty, propertyErrors } from "./property-rules.ts";

/** What a caller may ask for besides a ticket and a subject. Durations are seconds. */
export type TokenExtras = {
  properties?: GivenProperty[] | undefined;
  jwtAtClaims?: Claims | string | undefined;
  accessToken?: string | undefined;
  accessTokenDuration?: number | undefined;
  refreshTokenDuration?: number | undefined;
};

declare const checked: unique symbol;

/** Extras that passed the rules and the caller's policy, in the form that the engine takes. */
export type CheckedExtras = {
  properties?: { key: string; value?: string; hidden: boolean }[];
  jwtAtClaims?: string;
  accessToken?: string;
  accessTokenDuration?: number;
  refreshTokenDuration?: number;
} & { readonly [checked]: true };

const ANY = "*";

/** The extras of a caller that may have none: a browser. */
export const noExtras = {} as CheckedExtras;

/**
 * Checks what a caller asks for: first whether it is well formed, then whether this caller may ask for it. Nothing has been done to
 * the ticket yet, so it stays good.
 *
 * @throws TicketgateError BAD_REQUEST naming the field, key, claim or size; FORBIDDEN naming what the policy does not allow.
 */
export function checkExtras(caller: Caller, extras: TokenExtras): CheckedExtras {
  const claims = extras.jwtAtClaims === undefined ? undefined : readClaims(extras.jwtAtClaims);
  const fields: FieldErrors = {
    ...(extras.properties ? propertyErrors(extras.properties) : {}),
    ...(claims && !claims.ok ? claims.fields : {}),
    ...(extras.accessToken === undefined ? {} : accessTokenErrors(extras.accessToken)),
  };
  if (Object.keys(fields).length > 0) throw new TicketgateError("BAD_REQUEST", { fields });
  const names = claims?.ok ? claims.names : [];
  if (caller.kind === "backend") requirePolicy(caller.policy, extras, names);
  return {
    ...(extras.properties ? { properties: extras.properties.map(hiddenUnlessSaid) } : {}),
    ...(claims?.ok ? { jwtAtClaims: claims.text } : {}),
    ...(extras.accessToken === undefined ? {} : { accessToken: extras.accessToken }),
    ...(extras.accessTokenDuration === undefined ? {} : { accessTokenDuration: extras.accessTokenDuration }),
    ...(extras.refreshTokenDuration === undefined
      ? {}
      : { refreshTokenDuration: extras.refreshTokenDuration }),
  } as CheckedExtras;
}

/** A visible property becomes a member of the token response: that has to be asked for (threat T11). */
function hiddenUnlessSaid({ key, value, hidden = true }: GivenProperty) {
  return { key, hidden, ...(value === undefined ? {} : { value }) };
}

function requirePolicy(policy: BackendPolicy, extras: TokenExtras, claimNames: readonly string[]): void {
  const refusedBy = (names: ReadonlySet<string>) => (name: string) => !names.has(ANY) && !names.has(name);
  const keys = (extras.properties ?? []).map(({ key }) => key).filter(refusedBy(policy.properties));
  const claims = claimNames.filter(refusedBy(policy.claims));
  const fields: FieldErrors = {
    ...(keys.length > 0
      ? { properties: keys.map((key) => `the key ${key} is not in the policy of this client`) }
      : {}),
    ...(claims.length > 0
      ? { jwtAtClaims: claims.map((name) => `the claim ${name} is not in the policy of this client`) }
      : {}),
    ...(extras.accessToken !== undefined && !policy.accessToken
      ? { accessToken: ["is not in the policy of this client"] }
      : {}),
  };
  if (Object.keys(fields).length > 0) throw new TicketgateError("FORBIDDEN", { fields });
}
