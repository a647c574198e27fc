import { expect } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import {
  ask,
  expectRedirectedError,
  leavingNothing,
  type Parameters,
  redirect,
  site,
  type TestEngine,
} from "./authorization-flow.ts";

/** A request that is refused, in an engine with these settings, and what has to change for it to pass. */
export type SpoiledRequest = {
  what: string;
  change?: Parameters;
  service?: Partial<Service>;
  client?: Partial<Client>;
  code: string;
  error?: string;
  twin: Parameters | { service: Partial<Service> } | { client: Partial<Client> };
  inFragment?: boolean;
};

/** Sends the spoiled request, which must leave nothing behind, and then its twin, which must pass. */
export async function expectSpoiled(test: TestEngine, spoiled: SpoiledRequest): Promise<void> {
  const { change = {}, service, client, twin, code, error = "invalid_request", inFragment } = spoiled;
  if (service) await test.setService(service);
  if (client) await test.setClient(site.id, client);
  const answer = await leavingNothing(test, () => ask(test, change));
  if (Array.isArray(change.state)) {
    expect(answer).toMatchObject({ action: "LOCATION", resultCode: code });
    expect(redirect(answer).parameters).not.toHaveProperty("state");
  } else expectRedirectedError(answer, { code, error, place: inFragment ? "fragment" : "query" });
  expect(["INTERACTION", "NO_INTERACTION"]).toContain(
    (await ask(test, await allowed(test, change, twin))).action,
  );
}

async function allowed(
  test: TestEngine,
  change: Parameters,
  twin: SpoiledRequest["twin"],
): Promise<Parameters> {
  if ("service" in twin) await test.setService(twin.service as Partial<Service>);
  else if ("client" in twin) await test.setClient(site.id, twin.client as Partial<Client>);
  else return { ...change, ...(twin as Parameters) };
  return change;
}
