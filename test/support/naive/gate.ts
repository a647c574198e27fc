import { createBrowser, type Gate, openGate, signInBackend } from "../gate.ts";
import { createNaiveRouter, type NaiveOptions, newNaiveState } from "./router.ts";
import { serveNaively } from "./serve.ts";

/** What an attack needs to see of a gate: ours and the naive one both have it. */
export type AttackedGate = Pick<
  Gate,
  | "services"
  | "clock"
  | "trpc"
  | "lines"
  | "calls"
  | "callsOf"
  | "intercept"
  | "server"
  | "backend"
  | "subject"
  | "close"
> & { browser(): AttackedBrowser };

/** A browser of either gate. */
export type AttackedBrowser = Omit<ReturnType<Gate["browser"]>, "inProcess">;

/**
 * A gate as a team in a hurry builds it, over the same engine and accounts as ours: the ticket goes to the browser and comes back with a
 * subject, the engine's answer is passed on, and nobody asks where a request comes from. What `options` add are
 * mistakes of a kind that not every team makes.
 */
export async function openNaiveGate(
  options: NaiveOptions = {},
): Promise<AttackedGate & { stored(): string }> {
  const gate = await openGate();
  const lines: string[] = [];
  const state = newNaiveState();
  const router = createNaiveRouter(gate.services, { state, lines, options });
  const trpc = serveNaively(router, options);
  return {
    ...gate,
    trpc,
    lines,
    browser: () => createBrowser(gate.services, trpc),
    backend: () => signInBackend(gate.services, trpc),
    /** What stands in its database. */
    stored: () => JSON.stringify([...state.sessions, ...state.tickets]),
  };
}
