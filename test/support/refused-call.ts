import { expect } from "vitest";
import { EngineRefusedCall } from "../../src/server/authlete/error.ts";
import { SERVICE_ID, type TestEngine } from "./engine.ts";

type Refused = { status: number; resultCode: string; member?: string };

/** Fails unless a call is refused as a call, like this; the member is the one of the request that is wrong. */
export async function expectRefusedCall(call: Promise<unknown>, refused: Refused): Promise<void> {
  const failure = await call.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(EngineRefusedCall);
  const { status, resultCode, member } = failure as EngineRefusedCall;
  expect({ status, resultCode, ...(member === undefined ? {} : { member }) }).toEqual(refused);
}

/** Why a call is refused that has something wrong in a member of its request. */
export const wrong = (member: string): Refused => ({ status: 400, resultCode: "A126202", member });

/** Why a call is refused that names a client that there is not. */
export const unknownClient: Refused = { status: 404, resultCode: "A001212" };

/** Everything that is stored of the service, its clients and its tokens. */
export async function everythingStored({ store }: TestEngine) {
  const page = { offset: 0, limit: 1000 };
  return {
    service: await store.engine.read.findService(SERVICE_ID),
    clients: await store.engine.read.listClients(SERVICE_ID, {}, page),
    tokens: await store.engine.read.listTokens(SERVICE_ID, {}, page),
  };
}

/** Fails unless a call is refused like this and leaves everything as it was. */
export async function expectNothingChanged(
  test: TestEngine,
  call: () => Promise<unknown>,
  refused: Refused,
): Promise<void> {
  const before = await everythingStored(test);
  await expectRefusedCall(call(), refused);
  expect(await everythingStored(test)).toEqual(before);
}
