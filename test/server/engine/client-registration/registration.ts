import { expect } from "vitest";
import type { Request } from "../../../../src/server/authlete/operations.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import { oauthError, openTestEngine, SERVICE_ID, type TestEngine } from "../../../support/engine.ts";
import { everythingStored } from "../../../support/refused-call.ts";

export type Metadata = Record<string, unknown>;

/** Metadata of which every registration can be made. */
export const good: Metadata = { redirect_uris: ["https://shop.example/callback"] };

/** An engine whose service lets clients register themselves. */
export function openRegistrationEngine(service: Partial<Service> = {}): Promise<TestEngine> {
  return openTestEngine({
    service: {
      dynamicRegistrationSupported: true,
      registrationEndpoint: "https://as.example/register",
      ...service,
    },
  });
}

/** The answer to a registration. */
export function register(test: TestEngine, metadata: unknown = good) {
  const json = typeof metadata === "string" ? metadata : JSON.stringify(metadata);
  return test.engine["client/registration"]({ json });
}

/** A registered client: its identifier, its token and its information as it was answered. */
export async function registered(test: TestEngine, metadata: Metadata = good) {
  const answer = await register(test, metadata);
  if (answer.action !== "CREATED") throw new Error(`not registered: ${JSON.stringify(answer)}`);
  const information: Metadata = JSON.parse(answer.responseContent);
  const token = String(information.registration_access_token);
  return { clientId: String(information.client_id), token, information, client: answer.client ?? {} };
}

export type Registered = Awaited<ReturnType<typeof registered>>;

/** The answer to a request of a registered client about itself. */
export function manage<Action extends "get" | "update" | "delete">(
  { engine }: TestEngine,
  action: Action,
  request: Partial<Request<`client/registration/${Action}`>>,
) {
  const operation = engine[`client/registration/${action}`] as (
    request: object,
  ) => ReturnType<typeof register>;
  return operation(request);
}

/** The answer to an update with metadata. */
export function update(test: TestEngine, { clientId, token }: Registered, metadata: Metadata) {
  const json = JSON.stringify({ client_id: clientId, ...metadata });
  return manage(test, "update", { clientId, token, json });
}

/** Fails unless a call is refused like this, and nothing of the service and its clients has changed. */
export async function expectRefused(
  test: TestEngine,
  call: () => Promise<object>,
  { code, error, action = "BAD_REQUEST" }: { code: string; error: string; action?: string },
): Promise<void> {
  const before = await everythingStored(test);
  const answer = (await call()) as { action: string; resultCode: string; resultMessage: string };
  expect({ action: answer.action, code: answer.resultCode, error: oauthError(answer).error }).toEqual({
    action,
    code,
    error,
  });
  expect(answer.resultMessage).toMatch(new RegExp(`^\\[${code}\\] `));
  expect(answer).not.toHaveProperty("client");
  expect(await everythingStored(test)).toEqual(before);
}

export const metadataError = (code: string) => ({ code, error: "invalid_client_metadata" });
export const tokenError = (code: string, action = "BAD_REQUEST") => ({
  code,
  error: "invalid_token",
  action,
});

/** How many clients there are. */
export function clientCount({ store }: TestEngine): Promise<number> {
  return store.engine.read.countClients(SERVICE_ID, {});
}
