import { type Answer, type AuthorizationGate, openAuthorizationGate } from "../support/authorization-gate.ts";
import { createNaiveInteraction } from "../support/naive/interaction.ts";

/** Both targets, for an attack on what comes of an application's request. */
export const requests = {
  naive: (): Promise<AuthorizationGate> => openAuthorizationGate({ replaced: createNaiveInteraction }),
  ours: (): Promise<AuthorizationGate> => openAuthorizationGate(),
};

/** The code that an answer takes to an application. */
export function codeIn({ target }: Answer): string | undefined {
  return target?.searchParams.get("code") ?? undefined;
}

/** How often the engine was asked for a code. */
export const grants = (gate: AuthorizationGate) => gate.callsOf("auth/authorization/issue").length;

/** What an honest person does: comes from the application, agrees, and goes back with a code. */
export async function agrees(gate: AuthorizationGate): Promise<boolean> {
  const person = await gate.person();
  return (await person.agree(gate.request())).code !== undefined;
}
