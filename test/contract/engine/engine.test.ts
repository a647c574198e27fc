import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Authlete } from "../../../src/server/authlete/operations.ts";
import { type OperationName, operations } from "../../../src/server/authlete/operations.ts";
import { unavailableOperations } from "../../../src/server/engine/engine.ts";
import { clients } from "../../support/engine.ts";
import { sampleMembers } from "../../support/sample.ts";
import { describeClientOperations } from "./client-operations.ts";
import { describeLookUps } from "./look-ups.ts";
import { describeManagedGrants } from "./managed-grants.ts";
import { describePasswordGrant } from "./password-grant.ts";
import { openOnPostgres } from "./postgres-engine.ts";
import { describeProperties } from "./properties.ts";
import { describeRegistrations } from "./registrations.ts";
import { type OpenEngine, openInProcess, openOverHttp, type ReachedEngine } from "./served-engine.ts";
import { describeServiceSettings } from "./service-settings.ts";
import { describeSignedObjects } from "./signed-objects.ts";
import { describeTokenOperations } from "./token-operations.ts";
import { describeTokens } from "./tokens.ts";

/** The two ways to reach an engine, and both databases. Whatever is true of one has to be true of the others. */
const ways: [string, OpenEngine][] = [
  ["in process", openInProcess],
  ["over HTTP", openOverHttp],
  ["on PostgreSQL", openOnPostgres],
];

const names = Object.keys(operations) as OperationName[];

type Message = Record<string, unknown>;

/** Values of members that stand in paths. */
const inPaths: Message = {
  clientId: clients.backend.id,
  clientIdentifier: clients.backend.id,
  accessTokenIdentifier: "unknown",
};

/** A request with what stands in the path of its operation: without that there is no call over HTTP. */
function addressed(name: OperationName, request: Message = {}): Message {
  const members = [...operations[name].path.matchAll(/\{(\w+)\}/g)].map(([, member = ""]) => member);
  return { ...request, ...Object.fromEntries(members.map((member) => [member, inPaths[member]])) };
}

function call(authlete: Authlete, name: OperationName, request: Message): Promise<unknown> {
  return (authlete[name] as (request: Message) => Promise<unknown>)(request);
}

describe.each(ways)("the engine %s", (_way, open) => {
  describePasswordGrant(open);
  describeTokens(open);
  describeLookUps(open);
  describeProperties(open);
  describeClientOperations(open);
  describeRegistrations(open);
  describeTokenOperations(open);
  describeManagedGrants(open);
  describeSignedObjects(open);
  describeServiceSettings(open);
});

describe("the same call", () => {
  let engines: ReachedEngine[];
  beforeAll(async () => {
    engines = await Promise.all(ways.map(([, open]) => open()));
  });
  afterAll(async () => {
    await Promise.all(engines.map((engine) => engine.close()));
  });

  /** What came of a call, without what chance decides. */
  const outcome = (settled: PromiseSettledResult<unknown>) => {
    if (settled.status === "rejected") {
      const { code, status, resultCode, operation } = settled.reason;
      return { code, status, resultCode, operation };
    }
    if (typeof settled.value !== "object" || settled.value === null) return settled.value;
    const { action, resultCode, ...members } = settled.value as Message;
    return { action, resultCode, members: Object.keys(members).toSorted() };
  };

  it.each(names)("of %s has the same outcome every way, whatever is in it", async (name) => {
    const sample = sampleMembers(operations[name].request);
    const requests = [{}, { subject: "alice", token: "unknown", ticket: "unknown" }, sample];
    for (const request of requests) {
      const calls = engines.map(({ authlete }) => call(authlete, name, addressed(name, request)));
      const outcomes = (await Promise.allSettled(calls)).map(outcome);
      for (const other of outcomes) expect(other).toEqual(outcomes[0]);
      expect(outcomes[0]).not.toMatchObject({ code: "EngineUnavailable" });
    }
  });

  it.skipIf(unavailableOperations.length === 0).each(unavailableOperations)(
    "of %s is refused as a feature that is not available",
    async (name) => {
      for (const { authlete } of engines) {
        await expect(call(authlete, name, addressed(name))).rejects.toMatchObject({
          code: "EngineRefusedCall",
          status: 403,
          resultCode: "A001223",
        });
      }
    },
  );
});

describe("an engine whose store is broken", () => {
  it.each(ways)("is unavailable %s, and says that the outcome is unknown", async (_way, open) => {
    const engine = await open();
    await engine.store.close();
    for (const name of names) {
      await expect(call(engine.authlete, name, addressed(name)), name).rejects.toMatchObject({
        code: "EngineUnavailable",
        outcomeUnknown: true,
      });
    }
    await engine.close();
  });
});
