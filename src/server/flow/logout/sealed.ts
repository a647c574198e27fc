import { z } from "zod";
import { hashOf } from "../../secret/hash.ts";
import type { FlowPorts } from "../ports.ts";

type SealPorts = Pick<FlowPorts, "keyring" | "clock">;

const requestSchema = z.strictObject({ parameters: z.string() });

const questionSchema = z.strictObject({
  /** The application that asks. */
  clientName: z.string().optional(),
  /** Where the browser may be sent once the person has signed out. */
  goOnTo: z.string().optional(),
});

const resultSchema = z.strictObject({
  clientName: z.string().optional(),
  goOnTo: z.string().optional(),
  /** Addresses of clients that the browser loads in frames. */
  frames: z.array(z.string()),
});

/** What a person is asked, in the address of the page that asks. */
export type LogoutQuestion = z.infer<typeof questionSchema>;

/** What the page says that comes last, in its address. */
export type LogoutResult = z.infer<typeof resultSchema>;

const MINUTE_MS = 60_000;

/** What addresses carry from one step of a logout to the next: sealed, for a short time. */
const kinds = {
  request: { schema: requestSchema, lifetimeMs: MINUTE_MS },
  question: { schema: questionSchema, lifetimeMs: 30 * MINUTE_MS },
  result: { schema: resultSchema, lifetimeMs: 5 * MINUTE_MS },
} as const;

type Kind = keyof typeof kinds;
type Content<Of extends Kind> = z.infer<(typeof kinds)[Of]["schema"]>;

/**
 * Seals what the next step has to know, for an address.
 *
 * @param browser value of the pre-session cookie: nobody can send another browser there. A request that another site posts comes without
 *   cookies, so it is of no browser yet.
 */
export function seal<Of extends Kind>(
  { keyring, clock }: SealPorts,
  kind: Of,
  { content, browser }: { content: Content<Of>; browser: string },
): string {
  const until = clock() + kinds[kind].lifetimeMs;
  return keyring.seal(JSON.stringify([until, content]), contextOf(kind, browser));
}

/** What was sealed, or `undefined` when it is not of this browser and this step, or too old. */
export function open<Of extends Kind>(
  { keyring, clock }: SealPorts,
  kind: Of,
  { sealed, browser }: { sealed: unknown; browser: string | undefined },
): Content<Of> | undefined {
  if (typeof sealed !== "string" || browser === undefined) return undefined;
  const text = keyring.open(sealed, contextOf(kind, browser));
  if (text === undefined) return undefined;
  const [until, content] = JSON.parse(text) as [number, unknown];
  if (!(until > clock())) return undefined;
  return kinds[kind].schema.safeParse(content).data as Content<Of> | undefined;
}

function contextOf(kind: Kind, browser: string): string {
  return `logout ${kind} ${hashOf(browser)}`;
}
