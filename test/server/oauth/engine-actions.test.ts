import { describe, expect, it } from "vitest";
import { EngineUnavailable } from "../../../src/server/authlete/error.ts";
import type { OperationName } from "../../../src/server/authlete/operations.ts";
import type { FlowPorts } from "../../../src/server/flow/ports.ts";
import { createBackchannelEndpoint } from "../../../src/server/http/backchannel.ts";
import { createDeviceRequestEndpoint } from "../../../src/server/http/device-request.ts";
import type { Endpoint } from "../../../src/server/http/endpoint.ts";
import { createGrantManagementEndpoint } from "../../../src/server/http/grant-management.ts";
import { createMetadataEndpoint } from "../../../src/server/http/metadata.ts";
import { createPushedRequestEndpoint } from "../../../src/server/http/pushed-request.ts";
import {
  createClientConfigurationEndpoint,
  createRegistrationEndpoint,
} from "../../../src/server/http/registration.ts";
import { createUserinfoEndpoint } from "../../../src/server/http/userinfo.ts";
import { formRequest, type Script, scriptedPorts } from "../../support/spec-ports.ts";

const ORIGIN = "https://gate.example";
const bearer = { authorization: "Bearer token" };

type Row = {
  create: (ports: FlowPorts) => Endpoint;
  request: () => Request;
  operation: OperationName;
  /** Actions whose text goes to the client, with their statuses. */
  told: Record<string, number>;
  /** What the engine's answer has beside its action and text. */
  members?: object;
  /** What else is asked of the engine on the way. */
  beside?: Script;
};

const form = (path: string) => () => formRequest({ a: "b" }, { path });
const registration = (method: string, path: string) => () =>
  new Request(`${ORIGIN}${path}`, {
    method,
    headers: { ...bearer, "content-type": "application/json" },
    ...(method === "GET" || method === "DELETE" ? {} : { body: "{}" }),
  });
const scopes: Script = {
  "service/get": () => ({ supportedScopes: [{ name: "openid" }] }),
  "service/configuration": () => ({}),
};
const CLIENT = "/oauth/register/1";

const rows: Record<string, Row> = {
  par: {
    create: createPushedRequestEndpoint,
    request: form("/oauth/par"),
    operation: "pushed_auth_req",
    told: { CREATED: 201, BAD_REQUEST: 400, UNAUTHORIZED: 401, FORBIDDEN: 403, PAYLOAD_TOO_LARGE: 413 },
  },
  device: {
    create: createDeviceRequestEndpoint,
    request: form("/oauth/device"),
    operation: "device/authorization",
    told: { OK: 200, BAD_REQUEST: 400, UNAUTHORIZED: 401 },
    members: { userCode: "BCDFGHJK" },
  },
  ciba: {
    create: createBackchannelEndpoint,
    request: form("/oauth/ciba"),
    operation: "backchannel/authentication",
    told: { BAD_REQUEST: 400, UNAUTHORIZED: 401 },
  },
  register: {
    create: createRegistrationEndpoint,
    request: registration("POST", "/oauth/register"),
    operation: "client/registration",
    told: { CREATED: 201, BAD_REQUEST: 400, UNAUTHORIZED: 401 },
    beside: scopes,
  },
  "register, read": {
    create: createClientConfigurationEndpoint,
    request: registration("GET", CLIENT),
    operation: "client/registration/get",
    told: { OK: 200, BAD_REQUEST: 400, UNAUTHORIZED: 401 },
  },
  "register, replace": {
    create: createClientConfigurationEndpoint,
    request: registration("PUT", CLIENT),
    operation: "client/registration/update",
    told: { UPDATED: 200, BAD_REQUEST: 400, UNAUTHORIZED: 401 },
    beside: scopes,
  },
  grants: {
    create: createGrantManagementEndpoint,
    request: () => new Request(`${ORIGIN}/oauth/grants/g`, { headers: bearer }),
    operation: "gm",
    told: { OK: 200 },
    beside: { "auth/introspection": () => ({ action: "OK", grantId: "g" }) },
  },
};

/** Actions that say that something is wrong with the engine, or that nobody here knows. */
const faults = [
  { action: "INTERNAL_SERVER_ERROR" },
  { action: "UNKNOWN_ACTION", receivedAction: "NEW_ACTION" },
];
const TEXT = '{"text":"of the engine"}';

async function ask({ create, request, operation, members, beside }: Row, answer: object) {
  const scripted = scriptedPorts({
    script: { ...beside, [operation]: () => ({ ...members, ...answer }) } as Script,
  });
  const response = await create(scripted.ports)(request());
  return { ...scripted, status: response.status, headers: response.headers, text: await response.text() };
}

describe.each(Object.entries(rows))("%s", (_, row) => {
  it.each(Object.entries(row.told))("%s becomes %i with the engine's own text", async (action, status) => {
    const answered = await ask(row, { action, responseContent: TEXT });
    expect(answered.status).toBe(status);
    expect(answered.text).toBe(TEXT);
    expect(answered.headers.get("cache-control")).toBe("no-store");
    expect(answered.headers.has("www-authenticate")).toBe(status === 401);
  });

  it.each(faults)("$action becomes 500, and none of its text gets out", async (fault) => {
    const answered = await ask(row, { ...fault, responseContent: TEXT, resultCode: "A1" });
    expect(answered.status).toBe(500);
    expect(answered.text).toContain("server_error");
    expect(answered.text).not.toContain("of the engine");
    expect(answered.log).toContainEqual(expect.objectContaining({ level: "error", event: "oauth.failed" }));
  });

  it("an engine that cannot be reached becomes 503 with Retry-After", async () => {
    const scripted = scriptedPorts({
      script: {
        ...row.beside,
        [row.operation]: () => {
          throw new EngineUnavailable(row.operation, "gone", { outcomeUnknown: false });
        },
      } as Script,
    });
    const response = await row.create(scripted.ports)(row.request());
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
  });
});

describe("what the UserInfo and grant endpoints refuse in a header", () => {
  const userinfo: Row = {
    create: createUserinfoEndpoint,
    request: () => new Request(`${ORIGIN}/oauth/userinfo`, { headers: bearer }),
    operation: "auth/userinfo",
    told: {},
  };
  const challenge = 'Bearer error="invalid_token"';

  it.each([
    ["BAD_REQUEST", 400],
    ["UNAUTHORIZED", 401],
    ["FORBIDDEN", 403],
  ])("%s becomes %i with the engine's challenge and nothing else", async (action, status) => {
    const answered = await ask(userinfo, { action, responseContent: challenge, dpopNonce: "n" });
    expect([answered.status, answered.text]).toEqual([status, ""]);
    expect(answered.headers.get("www-authenticate")).toBe(challenge);
    expect(answered.headers.get("dpop-nonce")).toBe("n");
  });

  it.each([
    ["UNAUTHORIZED", 401],
    ["FORBIDDEN", 403],
    ["NOT_FOUND", 404],
  ])("of a grant: %s becomes %i", async (action, status) => {
    const answered = await ask(rows.grants as Row, { action, responseContent: challenge });
    expect([answered.status, answered.headers.get("www-authenticate")]).toEqual([status, challenge]);
  });

  it("a foreign grant is never named to the engine", async () => {
    const { calls } = await ask(
      {
        ...(rows.grants as Row),
        beside: { "auth/introspection": () => ({ action: "OK", grantId: "another" }) },
      },
      { action: "NOT_FOUND", responseContent: challenge },
    );
    expect(calls.at(-1)).toMatchObject({ name: "gm", request: { grantId: "none" } });
  });
});

describe("metadata", () => {
  it("are asked for once a minute, and a failure is not remembered", async () => {
    const time = { now: 0 };
    let broken = true;
    const { ports, calls } = scriptedPorts({
      now: () => time.now,
      script: {
        "service/configuration": () => {
          if (broken) throw new EngineUnavailable("service/configuration", "gone", { outcomeUnknown: false });
          return { issuer: ORIGIN };
        },
      },
    });
    const endpoint = createMetadataEndpoint(ports);
    const get = async () =>
      (await endpoint(new Request(`${ORIGIN}/.well-known/openid-configuration`))).status;
    expect(await get()).toBe(503);
    broken = false;
    expect([await get(), await get()]).toEqual([200, 200]);
    expect(calls).toHaveLength(2);
    time.now = 60_000;
    await get();
    expect(calls).toHaveLength(3);
  });
});
