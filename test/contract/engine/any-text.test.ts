import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OperationName, operations } from "../../../src/server/authlete/operations.ts";
import { basic, clients, form } from "../../support/engine.ts";
import { sampleMembers } from "../../support/sample.ts";
import { openOnPostgres } from "./postgres-engine.ts";
import { openInProcess, type ReachedEngine, signIn } from "./served-engine.ts";

type Message = Record<string, unknown>;

const names = Object.keys(operations) as OperationName[];

/** PostgreSQL holds neither; SQLite turns the second into another text. */
const texts = { "a NUL": "1001\0", "half a character": "1001\ud800", "both in the middle": "a\0b\udfffc" };

/** Some operations have 200 members. */
const PATIENCE_MS = 60_000;

/** What a member holds when another one is tried: as good as it can be without knowing the operation. */
const plausible: Message = {
  parameters: form(signIn),
  ...basic(clients.firstParty),
  clientIdentifier: clients.backend.id,
  accessTokenIdentifier: "unknown",
  subject: "alice",
  ticket: "unknown",
  token: "unknown",
};

/** Parameters of OAuth requests by which something is looked up, or that are stored. */
const parameters = [
  ...["client_id", "client_secret", "username", "scope", "resource", "code", "code_verifier", "redirect_uri"],
  ...["refresh_token", "device_code", "user_code", "auth_req_id", "request_uri", "token", "token_type_hint"],
  ...[
    "subject_token",
    "assertion",
    "client_assertion",
    "login_hint",
    "grant_id",
    "binding_message",
    "acr_values",
  ],
];

const grants = [
  ...["password", "authorization_code", "refresh_token", "client_credentials"],
  "urn:ietf:params:oauth:grant-type:device_code",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:token-exchange",
  "urn:openid:params:grant-type:ciba",
];

describe.each(Object.entries(texts))("%s in a text", (_, text) => {
  let engines: ReachedEngine[];
  beforeAll(async () => {
    const service = { clientIdAliasEnabled: true };
    engines = [await openInProcess({ service }), await openOnPostgres({ service })];
  });
  afterAll(async () => {
    for (const engine of engines) await engine.close();
  });

  /** Both databases give the same answer, and it is one. */
  const agree = async (name: OperationName, request: Message) => {
    const calls = engines.map(({ authlete }) =>
      (authlete[name] as (request: Message) => Promise<unknown>)(request),
    );
    const [onSqlite, onPostgres] = (await Promise.allSettled(calls)).map(outcome);
    expect(onPostgres).toEqual(onSqlite);
    expect(onPostgres).not.toMatchObject({ code: "EngineUnavailable" });
  };

  it.each(names)(
    "has a defined answer in every member of %s",
    async (name) => {
      const members = Object.keys(operations[name].request.shape);
      const bare = Object.fromEntries(
        Object.entries(plausible).filter(([member]) => members.includes(member)),
      );
      for (const base of [bare, { ...sampleMembers(operations[name].request), ...plausible }]) {
        for (const member of members) {
          await agree(name, { ...base, [member]: text });
          await agree(name, { ...base, [member]: [text] });
        }
      }
    },
    PATIENCE_MS,
  );

  it.each(parameters)(
    "has a defined answer as the parameter %s",
    async (parameter) => {
      for (const grant of grants) {
        const request = {
          ...basic(clients.firstParty),
          parameters: form({ ...signIn, grant_type: grant, [parameter]: text }),
        };
        await agree("auth/token", request);
      }
      const request = {
        parameters: form({ response_type: "code", client_id: clients.firstParty.id, [parameter]: text }),
      };
      for (const name of names.filter((each) => "parameters" in operations[each].request.shape)) {
        await agree(name, request);
        await agree(name, { ...basic(clients.firstParty), ...request });
      }
    },
    PATIENCE_MS,
  );
});

function outcome(settled: PromiseSettledResult<unknown>) {
  if (settled.status === "rejected") {
    // Without a code it is the test engine that finds something wrong with the answer, which is not asked here.
    const { code, status, resultCode, message } = settled.reason as Message;
    return code === undefined ? { message } : { code, status, resultCode };
  }
  const { action, resultCode } = (settled.value ?? {}) as Message;
  return { action, resultCode };
}
