import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import {
  expectError,
  issue,
  issueFor,
  leavingNothing,
  openAuthorizationEngine,
  REDIRECT_URI,
  redirect,
  site,
  type TestEngine,
  ticketFor,
} from "./authorization-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
});
afterEach(() => test.close());

describe("issue: tickets", () => {
  it("that are missing or unknown", async () => {
    const fault = { code: "A041201", error: "server_error", action: "INTERNAL_SERVER_ERROR" };
    expectError(await issue(test, ""), fault);
    expectError(await issue(test, null as never), fault);
    expectError(await issue(test, "unknown"), { code: "A041202", error: "invalid_request" });
  });

  it("are used once", async () => {
    const ticket = await ticketFor(test);
    await issue(test, ticket);
    const again = await leavingNothing(test, () => issue(test, ticket));
    expectError(again, { code: "A041202", error: "invalid_request" });
  });

  it("of the password grant are none", async () => {
    await test.setService({ supportedGrantTypes: ["PASSWORD"] });
    const answer = await test.engine["auth/token"]({
      parameters: "grant_type=password&username=a&password=b",
      clientId: "2000",
      clientSecret: "first-party-secret",
    });
    const ticket = (answer as { ticket: string }).ticket;
    expectError(await issue(test, ticket), { code: "A041202", error: "invalid_request" });
  });

  it("live for a day", async () => {
    const [early, late] = [await ticketFor(test), await ticketFor(test)];
    test.clock.advance(24 * 3600 * 1000 - 1);
    expect((await issue(test, early)).action).toBe("LOCATION");
    test.clock.advance(1);
    const answer = await leavingNothing(test, () => issue(test, late));
    expectError(answer, { code: "A041301", error: "invalid_request" });
  });

  it.each<[string, object]>([
    ["is locked", { locked: true }],
    ["has given up the redirection URI", { redirectUris: ["https://client.example/new"] }],
  ])("are of no use when the client %s by now", async (_what, change) => {
    const ticket = await ticketFor(test);
    await test.setClient(site.id, change);
    const answer = await leavingNothing(test, () => issue(test, ticket));
    expectError(answer, { code: "A045303", error: "invalid_request" });
    await test.setClient(site.id, { locked: false, redirectUris: [REDIRECT_URI] });
    expect((await issue(test, ticket)).action).toBe("LOCATION");
  });

  it("of a client that is gone are of no use", async () => {
    const ticket = await ticketFor(test);
    await test.store.engine.write((writer) => writer.deleteClient("1001", Number(site.id)));
    expect((await issue(test, ticket)).action).toBe("BAD_REQUEST");
  });
});

describe("issue: granted scopes are remembered, the last and all", () => {
  const granted = () => test.store.engine.read.findGrantedScopes("1001", Number(site.id), "alice");

  it("with the code", async () => {
    expect(await granted()).toBeUndefined();
    await issueFor(test, { scope: "openid email" });
    await issueFor(test, { scope: "profile" });
    expect(await granted()).toMatchObject({ latest: ["profile"], merged: ["openid", "email", "profile"] });
  });
});

describe("issue: Native SSO", () => {
  const scope = "openid device_sso";
  beforeEach(() =>
    test.setService({
      nativeSsoSupported: true,
      supportedScopes: [{ name: "openid" }, { name: "device_sso" }],
    }),
  );

  it("without a session the client gets an error (A499201), and the ticket is used", async () => {
    const ticket = await ticketFor(test, { scope });
    const answer = await issue(test, ticket);
    expect(answer).toMatchObject({ action: "LOCATION", resultCode: "A499201" });
    expect(redirect(answer).parameters).toMatchObject({ error: "server_error", state: "the state" });
    expect(await issue(test, ticket, { sessionId: "s" })).toMatchObject({ resultCode: "A041202" });
  });

  it("with a session the code has it", async () => {
    const { code = "" } = redirect(await issueFor(test, { scope }, { sessionId: "s" })).parameters;
    const stored = await test.store.engine.read.findArtifact("authorization_code", hashOf(code));
    expect(stored?.document.grant.sessionId).toBe("s");
    await test.setService({ nativeSsoSupported: false });
    expect((await issueFor(test, { scope })).resultCode).toBe("A040001");
  });
});
