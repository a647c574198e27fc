import { hashOf } from "../secret/hash.ts";
import type { Keyring } from "../secret/keyring.ts";
import type { CookieRules } from "./cookie.ts";
import type { Interaction, InteractionStore } from "./interaction-store.ts";
import type { Clock, Random } from "./ports.ts";
import { isValue, newValue } from "./value.ts";

/** What interactions work with. `interactionMs`: milliseconds that a person has. */
export type InteractionPorts = {
  interactions: InteractionStore;
  keyring: Keyring;
  clock: Clock;
  random: Random;
  interactionMs: number;
};

/** A handle from an address, and the value of its cookie, if the browser sent one. */
export type InteractionClaim = { handle: string; binding: string | undefined };

/** What a browser finds behind a handle. `text` is what was kept; without the binding nobody learns even that there is something. */
export type FoundInteraction =
  | { status: "open"; interaction: Interaction; text: string }
  | { status: "over" | "expired"; text: string }
  | { status: "unknown" };

/** How long after its end a person is still told what it was that ended. */
const MEMORY_MS = 24 * 60 * 60 * 1000;

/**
 * Keeps an authorization request for the browser that sent it.
 *
 * @param text what is known of the request, the engine's ticket included. It is sealed.
 * @returns the handle for addresses and the binding for the cookie; neither is stored, only their hashes.
 */
export async function beginInteraction(
  { interactions, keyring, clock, random, interactionMs }: InteractionPorts,
  text: string,
): Promise<{ handle: string; binding: string }> {
  const handle = newValue(random);
  const binding = newValue(random);
  const handleHash = hashOf(handle);
  const now = clock();
  await interactions.insert({
    handleHash,
    ownerHash: hashOf(binding),
    state: "pending",
    sealed: keyring.seal(text, contextOf(handleHash)),
    chosenSubject: undefined,
    createdAt: now,
    usableUntil: now + interactionMs,
    expiresAt: now + interactionMs + MEMORY_MS,
  });
  return { handle, binding };
}

/** Looks at an interaction. Another browser's, and one that never was, look the same. */
export async function findInteraction(
  { interactions, keyring, clock }: InteractionPorts,
  { handle, binding }: InteractionClaim,
): Promise<FoundInteraction> {
  if (!isValue(handle) || !isValue(binding)) return { status: "unknown" };
  const interaction = await interactions.find(hashOf(handle));
  if (interaction?.ownerHash !== hashOf(binding)) return { status: "unknown" };
  const text = keyring.open(interaction.sealed, contextOf(interaction.handleHash));
  if (text === undefined) return { status: "unknown" };
  if (interaction.state !== "pending") return { status: "over", text };
  if (interaction.usableUntil <= clock()) return { status: "expired", text };
  return { status: "open", interaction, text };
}

/** Takes the one right to end an open interaction: from then on it is over, whatever happens. */
export async function claimInteraction(
  { interactions, clock }: InteractionPorts,
  { handleHash, ownerHash }: Interaction,
): Promise<boolean> {
  return (await interactions.claim({ handleHash, ownerHash, now: clock() })) !== undefined;
}

/**
 * How long the cookie of an interaction lasts: as long as what it opens is remembered, so that a person who comes too late is told so.
 *
 * @param ports.interactionMs milliseconds that a person has.
 * @returns seconds.
 */
export function interactionCookieSeconds({ interactionMs }: Pick<InteractionPorts, "interactionMs">): number {
  return Math.ceil((interactionMs + MEMORY_MS) / 1000);
}

/** The cookie that binds an interaction to its browser. */
export function interactionCookie({ interaction }: CookieRules, handle: string): string {
  return interaction(hashOf(handle));
}

function contextOf(handleHash: string): string {
  return `interaction ${handleHash}`;
}
