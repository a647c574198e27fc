import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { turnOffSecondFactor } from "../../src/server/flow/second-factor/own-second-factor.ts";
import { type Authenticator, enrolled } from "../support/authenticator.ts";
import {
  type AuthorizationGate,
  handleOf,
  openAuthorizationGate,
  payloadOf,
  responseIn,
  type Visitor,
} from "../support/authorization-gate.ts";
import { backend, demo } from "../support/gate.ts";

let gate: AuthorizationGate;
let app: Authenticator;
let alice: Visitor;
beforeEach(async () => {
  gate = await openAuthorizationGate({ env: { TICKETGATE_PASSWORD_GRANT_CLIENTS: backend.id } });
  app = await enrolled(gate);
  alice = gate.visitor();
});
afterEach(() => gate.close());

const { username, password } = demo;
const multiFactor = "urn:ticketgate:acr:multi-factor";
const essential = (value: string) =>
  JSON.stringify({ id_token: { acr: { essential: true, values: [value] } } });

type Begun = { handle: string; next: string };

/** The two steps of a sign-in, as the pages take them. */
async function signIn(visitor: Visitor, code = app.code()): Promise<string | undefined> {
  const begun = await visitor.call<Begun>("login.password", { username, password });
  const handle = begun.data?.handle;
  const entered = await visitor.call<{ subject: string }>("login.secondFactor", { handle, code });
  if (!entered.data) return entered.error?.code;
  await visitor.call("token.issue", { ticket: handle, subject: entered.data.subject });
  return undefined;
}

const idTokenOf = async (code: string | undefined) => {
  const { json } = await gate.redeem(code);
  return payloadOf(json.id_token);
};

describe("RFC 6238 §5.2: an authorization request of somebody with a second factor", () => {
  it("waits for the second step: after the password alone nobody is signed in, and nothing is granted", async () => {
    const handle = await alice.begin(gate.request());
    const begun = await alice.call<Begun>("login.password", { username, password });
    expect(begun.data?.next).toBe("second-factor");
    const still = await alice.resume(handle);
    expect(still.target?.pathname).toBe("/login");
    const subject = await gate.subject();
    const decided = await alice.decide(handle, "allow", subject);
    expect(decided.target?.pathname).not.toBe("/callback");
    expect(gate.callsOf("auth/authorization/issue")).toHaveLength(0);
    const entered = await alice.call("login.secondFactor", {
      handle: begun.data?.handle,
      code: app.code(),
    });
    expect(entered.status).toBe(200);
    expect((await alice.resume(handle)).target?.pathname).toBe("/login");
    await alice.call("token.issue", { ticket: begun.data?.handle, subject });
    expect((await alice.resume(handle)).target?.pathname).toBe(`/consent/${handle}`);
    const { code } = responseIn(await alice.decide(handle, "allow"));
    expect(await idTokenOf(code)).toMatchObject({
      sub: subject,
      acr: multiFactor,
      amr: ["pwd", "otp", "mfa"],
    });
  });

  it("the verifier does not take a one-time password a second time: the other request is not granted", async () => {
    const code = app.code();
    expect(await signIn(alice, code)).toBeUndefined();
    const mallory = gate.visitor();
    expect(await signIn(mallory, code)).toBe("SECOND_FACTOR_INVALID");
    const handle = handleOf(await mallory.authorize(gate.request()));
    expect((await mallory.resume(handle)).target?.pathname).toBe("/login");
    expect(gate.callsOf("auth/authorization/issue")).toHaveLength(0);
    expect(responseIn(await alice.decide(await alice.begin(gate.request()), "allow")).code).toBeDefined();
  });
});

describe("whoever turns the second factor off", () => {
  it("goes on in the session: what applications get from then on is as good as before", async () => {
    await signIn(alice);
    const subject = await gate.subject();
    gate.clock.advance(5_000);
    const form = { subject, sessionHash: "of another test", language: "en" as const, password };
    expect(await turnOffSecondFactor(gate.services, { ...form, code: app.code() })).toBe("done");
    const { code } = responseIn(await alice.decide(await alice.begin(gate.request()), "allow"));
    expect((await gate.redeem(code)).status).toBe(200);
  });
});

describe("RFC 9700 §2.4: the password grant cannot ask for a second factor", () => {
  const ask = (typed: string) => gate.token({ grant_type: "password", username, password: typed }, backend);

  it("is refused for an account that has one, as with a wrong password, and its tries are counted the same", async () => {
    const right = await ask(password);
    const wrong = await ask("not the right one");
    expect(right).toEqual(wrong);
    expect(right).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
    expect(gate.callsOf("auth/token/issue")).toHaveLength(0);
    const failed = gate.callsOf("auth/token/fail").map(({ request }) => request.reason);
    expect(failed).toEqual(Array(2).fill("INVALID_RESOURCE_OWNER_CREDENTIALS"));
  });

  it("is granted for an account that has none", async () => {
    await gate.services.store.factors.remove(await gate.subject());
    expect((await ask(password)).status).toBe(200);
  });
});

describe("OpenID Connect Core §5.5.1.1: more than a password", () => {
  it("a request that must have it is not granted to a sign-in by password, and is to one with a code", async () => {
    await gate.services.store.factors.remove(await gate.subject());
    await alice.signIn();
    gate.clock.advance(1_000);
    for (const wish of [{ acr_values: multiFactor }, { claims: essential(multiFactor) }]) {
      const handle = await alice.begin(gate.request(wish));
      expect((await alice.resume(handle)).target?.pathname).toBe("/login");
      const decided = await alice.decide(handle, "allow");
      expect(decided.target?.pathname).not.toBe("/callback");
    }
    expect(gate.callsOf("auth/authorization/issue")).toHaveLength(0);
    app = await enrolled(gate);
    const handle = await alice.begin(gate.request({ claims: essential(multiFactor) }));
    expect(await signIn(alice)).toBeUndefined();
    const { code } = responseIn(await alice.decide(handle, "allow"));
    expect((await idTokenOf(code)).acr).toBe(multiFactor);
  });

  it("one that must have it and was signed in to without goes back with an error", async () => {
    await gate.services.store.factors.remove(await gate.subject());
    const handle = await alice.begin(gate.request({ claims: essential(multiFactor) }));
    await alice.signIn();
    expect(responseIn(await alice.resume(handle))).toMatchObject({ state: "state-1" });
    expect(gate.callsOf("auth/authorization/issue")).toHaveLength(0);
    expect(gate.callsOf("auth/authorization/fail").at(-1)?.request).toMatchObject({
      reason: "ACR_NOT_SATISFIED",
    });
  });

  it("prompt=none must not fabricate it", async () => {
    await gate.services.store.factors.remove(await gate.subject());
    await alice.signIn();
    const silent = { prompt: "none", scope: "openid" };
    responseIn(await alice.decide(await alice.begin(gate.request({ scope: "openid" })), "allow"));
    const refused = responseIn(
      await alice.authorize(gate.request({ ...silent, claims: essential(multiFactor) })),
    );
    expect(refused.code).toBeUndefined();
    expect(refused.error).toBeDefined();
    const { code } = responseIn(await alice.authorize(gate.request({ ...silent, acr_values: multiFactor })));
    expect(await idTokenOf(code)).toMatchObject({ acr: "urn:ticketgate:acr:password", amr: ["pwd"] });
  });

  it("a request for a password is told of a password, also where more was reached", async () => {
    await signIn(alice);
    const wanted = { claims: essential("urn:ticketgate:acr:password") };
    const handle = await alice.begin(gate.request(wanted));
    const { code } = responseIn(await alice.decide(handle, "allow"));
    expect(await idTokenOf(code)).toMatchObject({
      acr: "urn:ticketgate:acr:password",
      amr: ["pwd", "otp", "mfa"],
    });
  });
});

describe("OpenID Connect Discovery §3", () => {
  it("the metadata list the classes of authentication, the weakest first, and amr", async () => {
    const { text } = await alice.ask("/.well-known/openid-configuration");
    const metadata = JSON.parse(text) as Record<string, string[]>;
    expect(metadata.acr_values_supported).toEqual(["urn:ticketgate:acr:password", multiFactor]);
    expect(metadata.claims_supported).toContain("amr");
  });
});
