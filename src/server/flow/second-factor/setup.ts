import { z } from "zod";
import { base32 } from "../../account/second-factor/base32.ts";
import { keyUri } from "../../account/second-factor/key-uri.ts";
import type { FactorSetup } from "../../account/second-factor/ports.ts";
import { newRecoveryCodes } from "../../account/second-factor/recovery-codes.ts";
import { newTotpSecret, stepOfCode } from "../../account/second-factor/totp.ts";
import { readTypedCode } from "../../account/second-factor/typed-code.ts";
import { SERVICE_NAME } from "../../mail/service-name.ts";
import { newValue } from "../../session/value.ts";
import type { FlowPorts } from "../ports.ts";
import { requireSecondFactors } from "./second-factors.ts";
import { countCode } from "./verify-code.ts";

/** What belongs to a setup: a session or a sign-in, by its hash, and the person. */
export type SetupOwner = { ownerHash: string; subject: string };

/** What a person has yet to be shown: what their authenticator app takes, or the recovery codes. */
export type ShownSetup =
  | {
      show: "secret";
      /** For the picture. */
      uri: string;
      /** To be typed, in groups of four. */
      groups: string[];
    }
  | { show: "codes"; codes: string[] };

const contentSchema = z.union([
  z.strictObject({ secret: z.string() }),
  z.strictObject({ codes: z.array(z.string()) }),
]);

type Content = z.infer<typeof contentSchema>;

const NEVER = -1;

/**
 * Begins to set up an authenticator app, under a new secret. It is nobody's second factor before a code of it was entered.
 *
 * @param expiresAt milliseconds since the epoch.
 */
export async function beginSetup(ports: FlowPorts, owner: SetupOwner, expiresAt: number): Promise<void> {
  const secret = Buffer.from(newTotpSecret(ports.random)).toString("base64url");
  await requireSecondFactors(ports).setups.put({
    ...owner,
    sealed: seal(ports, owner, { secret }),
    expiresAt,
  });
}

/** What is to be shown of a setup; `undefined` when there is none, or it has expired. */
export async function readSetup(
  ports: FlowPorts,
  owner: SetupOwner,
  username: string,
): Promise<ShownSetup | undefined> {
  const content = (await openSetup(ports, owner))?.content;
  if (!content) return undefined;
  if ("codes" in content) return { show: "codes", codes: content.codes };
  const secret = Buffer.from(content.secret, "base64url");
  return {
    show: "secret",
    uri: keyUri(secret, { issuer: SERVICE_NAME, username }),
    groups: base32(secret).match(/.{1,4}/g) as string[],
  };
}

/** How entering the first code of an authenticator app ended. `over`: there is no such setup any more. */
export type Confirmation = "enrolled" | "wrong" | "over";

/**
 * Makes an authenticator app the second factor of its person, if a code of it is right, and makes the recovery codes that its owner is to
 * be shown. That code is spent.
 *
 * @throws TicketgateError TOO_MANY_REQUESTS
 */
export async function confirmSetup(
  ports: FlowPorts,
  owner: SetupOwner,
  typed: string,
): Promise<Confirmation> {
  const { factors, codeAttempts } = requireSecondFactors(ports);
  const { subject, ownerHash } = owner;
  const opened = await openSetup(ports, owner);
  if (!opened || !("secret" in opened.content)) return "over";
  await countCode(ports, subject);
  const secret = Buffer.from(opened.content.secret, "base64url");
  const code = readTypedCode(typed);
  const now = ports.clock();
  const step = code?.kind === "totp" ? stepOfCode(secret, code.digits, { now, lastStep: NEVER }) : undefined;
  if (step === undefined) return "wrong";
  const { codes, hashes: codeHashes } = newRecoveryCodes(subject, ports.random);
  const enrolled = await factors.enrol(
    { subject, id: newValue(ports.random), secret, lastStep: step, enrolledAt: now, codeHashes },
    { ownerHash, from: opened.setup.sealed, to: seal(ports, owner, { codes }) },
  );
  if (!enrolled) return "over";
  await codeAttempts.clear(subject);
  ports.log.info("audit.second_factor_enrolled", { subject });
  return "enrolled";
}

/** Has an owner be shown recovery codes, until they say that they have kept them, or the time is over. */
export async function showCodes(
  ports: FlowPorts,
  owner: SetupOwner,
  { codes, expiresAt }: { codes: string[]; expiresAt: number },
): Promise<void> {
  await requireSecondFactors(ports).setups.put({
    ...owner,
    sealed: seal(ports, owner, { codes }),
    expiresAt,
  });
}

/** Ends a setup: what it showed is shown to nobody any more. */
export async function endSetup(
  ports: FlowPorts,
  { ownerHash }: Pick<SetupOwner, "ownerHash">,
): Promise<void> {
  await requireSecondFactors(ports).setups.remove(ownerHash);
}

async function openSetup(
  ports: FlowPorts,
  owner: SetupOwner,
): Promise<{ setup: FactorSetup; content: Content } | undefined> {
  const setup = await requireSecondFactors(ports).setups.find(owner.ownerHash, ports.clock());
  if (setup?.subject !== owner.subject) return undefined;
  const text = ports.keyring.open(setup.sealed, contextOf(owner));
  const content = text === undefined ? undefined : contentSchema.safeParse(JSON.parse(text)).data;
  return content && { setup, content };
}

function seal({ keyring }: Pick<FlowPorts, "keyring">, owner: SetupOwner, content: Content): string {
  return keyring.seal(JSON.stringify(content), contextOf(owner));
}

function contextOf({ ownerHash, subject }: SetupOwner): string {
  return `factor setup ${ownerHash} ${subject}`;
}
