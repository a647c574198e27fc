import { authenticationContext } from "../../oauth/acr.ts";
import type { SignedIn } from "./signed-in.ts";

/** The classes of authentication that somebody has reached, the strongest first. */
export function reachedContexts({ methods }: Pick<SignedIn, "methods">): string[] {
  const { password, multiFactor } = authenticationContext;
  return methods.includes("mfa") ? [multiFactor, password] : [password];
}

/**
 * The class that a client is told (OIDC Core 2, `acr`): of those that were reached the strongest that it asks for, else the strongest.
 *
 * @param asked those that the request names; none: any will do.
 */
export function toldContext(signedIn: Pick<SignedIn, "methods">, asked: readonly string[] = []): string {
  const reached = reachedContexts(signedIn);
  return reached.find((context) => asked.includes(context)) ?? (reached[0] as string);
}
