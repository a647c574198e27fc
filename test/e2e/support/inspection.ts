import type { Leak } from "../../support/leak-scanner.ts";
import { type Recorder, startRecorder } from "./recorder.ts";
import { everySecret } from "./secrets.ts";
import { kindsIn, leaksIn, logSurfaces, type Surface, type SurfaceKind, surfacesOf } from "./surfaces.ts";
import { startTicketgate, type Ticketgate } from "./ticketgate.ts";

/** What a search for leaks came to. */
export type Inspection = {
  leaks: Leak[];
  /** The classes of surfaces of which there was something to search. */
  kinds: SurfaceKind[];
  /** How many secrets were looked for, and what they are. */
  secrets: number;
  secretNames: string[];
};

/**
 * Searches everything that left servers for everything that is secret in them.
 *
 * @param run.answers what was answered; `run.surfaces` what else can be read.
 */
export async function inspect(
  run: Parameters<typeof everySecret>[0] & { surfaces?: readonly Surface[] },
): Promise<Inspection> {
  const { servers, answers } = run;
  const surfaces = [...answers.flatMap(surfacesOf), ...logSurfaces(servers), ...(run.surfaces ?? [])];
  const scanner = await everySecret(run);
  return {
    leaks: leaksIn(surfaces, scanner),
    kinds: kindsIn(surfaces),
    secrets: scanner.size(),
    secretNames: scanner.names(),
  };
}

/** A server behind a recorder: its `origin` is the recorder's. */
export type Watched = Ticketgate & { recorder: Recorder };

/** Starts a server of which nothing reaches a caller unseen. */
export async function startWatched(overrides: Record<string, string> = {}): Promise<Watched> {
  const recorder = await startRecorder();
  const server = await startTicketgate({ TICKETGATE_ORIGIN: recorder.origin, ...overrides });
  recorder.forwardTo(server.origin);
  return {
    ...server,
    origin: recorder.origin,
    recorder,
    async stop() {
      await recorder.stop();
      await server.stop();
    },
  };
}
