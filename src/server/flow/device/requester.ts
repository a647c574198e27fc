import { z } from "zod";
import { hashOf } from "../../secret/hash.ts";
import type { FlowPorts } from "../ports.ts";
import { normalisedUserCode } from "./user-code.ts";

/** Where a request for a code came from, as far as this server saw it. */
export type Requester = {
  /** As `callerAddress` gives it. */
  address: string | undefined;
  /** What the program calls itself, readable. */
  program: string | undefined;
};

/** What a person is told of who asked for a code; `askedAt` in milliseconds since the epoch. */
export type DeviceOrigin = Requester & { askedAt: number };

const requesterSchema = z.strictObject({ address: z.string().optional(), program: z.string().optional() });

type Ports = Pick<FlowPorts, "deviceRequesters" | "keyring" | "clock">;

/**
 * Keeps where a request for a code came from, for the person who enters the code and for nobody else.
 *
 * @param code.userCode as the engine gave it.
 * @param code.seconds how long it is good.
 * @see RFC 8628, section 5.4
 */
export async function keepRequester(
  { deviceRequesters, keyring, clock }: Ports,
  code: { userCode: string; seconds: number },
  { address, program }: Requester,
): Promise<void> {
  const userCodeHash = keyOf(code.userCode);
  const now = clock();
  await deviceRequesters.put({
    userCodeHash,
    sealed: keyring.seal(JSON.stringify({ address, program }), sealedUnder(userCodeHash)),
    createdAt: now,
    expiresAt: now + code.seconds * 1000,
  });
}

/**
 * Where the request for a code came from.
 *
 * @param userCode as the engine knows it.
 * @returns `undefined` when it is not known: the code was not asked for at this server.
 */
export async function requesterOf(
  { deviceRequesters, keyring, clock }: Ports,
  userCode: string,
): Promise<DeviceOrigin | undefined> {
  const userCodeHash = keyOf(userCode);
  const kept = await deviceRequesters.find({ userCodeHash, now: clock() });
  const text = kept && keyring.open(kept.sealed, sealedUnder(userCodeHash));
  if (!kept || text === undefined) return undefined;
  const { address, program } = requesterSchema.parse(JSON.parse(text));
  return { askedAt: kept.createdAt, address, program };
}

/** The code in the one form that people's typing is brought to as well. */
function keyOf(userCode: string): string {
  return hashOf(normalisedUserCode(userCode) ?? userCode);
}

/** A sealed requester cannot be put in the place of another. */
function sealedUnder(userCodeHash: string): string {
  return `device requester ${userCodeHash}`;
}
