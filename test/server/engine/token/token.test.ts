import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  basic,
  clients,
  contentOf,
  form,
  openTestEngine,
  summary,
  type TestEngine,
} from "../../../support/engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const { firstParty, backend, app } = clients;

function ask(parameters: unknown, client: { id: string; secret: string } = firstParty) {
  return test.engine["auth/token"]({ parameters: parameters as string, ...basic(client) });
}

async function refused(parameters: unknown, client = firstParty as { id: string; secret: string }) {
  const before = test.issued();
  const answer = summary(await ask(parameters, client));
  expect(test.issued()).toBe(before);
  return answer;
}

describe("the parameters of a token request", () => {
  it.each([
    ["missing", undefined, { action: "INTERNAL_SERVER_ERROR", code: "A047201", error: "server_error" }],
    ["null", null, { action: "INTERNAL_SERVER_ERROR", code: "A047201", error: "server_error" }],
    [
      "no text",
      { grant_type: "password" },
      { action: "INTERNAL_SERVER_ERROR", code: "A047202", error: "server_error" },
    ],
    ["empty", "", { action: "BAD_REQUEST", code: "A047301", error: "invalid_request" }],
    ["blank", " \r\n", { action: "BAD_REQUEST", code: "A047301", error: "invalid_request" }],
  ])("%s", async (_, parameters, expected) => {
    expect(await refused(parameters)).toEqual(expected);
  });

  it("may be missing together with everything else", async () => {
    expect(summary(await test.engine["auth/token"]({})).code).toBe("A047201");
  });
});

describe("the grant type", () => {
  const invalid = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_request" });
  const unsupported = (code: string) => ({ action: "BAD_REQUEST", code, error: "unsupported_grant_type" });

  it.each([
    ["missing", "username=alice", invalid("A049301")],
    ["empty", "grant_type=", invalid("A049302")],
    ["repeated", "grant_type=password&grant_type=password", invalid("A049303")],
    ["unknown", "grant_type=magic", unsupported("A049304")],
    ["of another case", "grant_type=Password", unsupported("A049304")],
    ["implicit", "grant_type=implicit", unsupported("A049306")],
  ])("%s", async (_, parameters, expected) => {
    expect(await refused(parameters)).toEqual(expected);
  });

  it("of verifiable credentials is not supported, whatever the service lists", async () => {
    const parameters = form({ grant_type: "urn:ietf:params:oauth:grant-type:pre-authorized_code" });
    expect(await refused(parameters)).toEqual(unsupported("A049305"));
    await test.setService({ supportedGrantTypes: undefined });
    await test.setClient(firstParty.id, { grantTypes: undefined });
    expect(await refused(parameters)).toEqual(unsupported("A049305"));
  });

  const credentials = form({ grant_type: "client_credentials" });

  it("must be one that the service supports", async () => {
    expect(await ask(credentials, backend)).toMatchObject({ action: "OK" });
    await test.setService({ supportedGrantTypes: ["PASSWORD"] });
    expect(await refused(credentials, backend)).toEqual(unsupported("A049305"));
    await test.setService({ supportedGrantTypes: [] });
    expect(await refused(credentials, backend)).toEqual(unsupported("A049305"));
    await test.setService({ supportedGrantTypes: undefined });
    expect(await ask(credentials, backend)).toMatchObject({ action: "OK" });
  });

  it("must be one that the client declares", async () => {
    const unauthorized = { action: "BAD_REQUEST", code: "A047302", error: "unauthorized_client" };
    expect(await refused(credentials)).toEqual(unauthorized);
    await test.setClient(firstParty.id, { grantTypes: [] });
    expect(await refused(credentials)).toEqual(unauthorized);
    await test.setClient(firstParty.id, { grantTypes: undefined });
    expect(await ask(credentials)).toMatchObject({ action: "OK" });
  });

  it("is looked at before the client, and the client before its credentials", async () => {
    const request = (parameters: string) => test.engine["auth/token"]({ parameters });
    expect(summary(await request("grant_type=magic")).code).toBe("A049304");
    const preAuthorized = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
    expect(summary(await request(`grant_type=${preAuthorized}&client_id=${firstParty.id}`)).code).toBe(
      "A049305",
    );
    expect(summary(await request(`grant_type=password&client_id=${app.id}&client_secret=x`)).code).toBe(
      "A157303",
    );
    expect(summary(await request(`grant_type=password&client_id=${app.id}`)).code).toBe("A051301");
  });
});

describe("the error body", () => {
  it("leaves out what the service does not want told", async () => {
    await test.setService({ errorDescriptionOmitted: true });
    expect(JSON.parse(contentOf(await ask("grant_type=x")))).toEqual({
      error: "unsupported_grant_type",
      error_uri: "https://docs.authlete.com/#A049304",
    });
    await test.setService({ errorUriOmitted: true });
    expect(contentOf(await ask("grant_type=x"))).toBe('{"error":"unsupported_grant_type"}');
  });
});
