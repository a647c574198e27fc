import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changePassword } from "../../../../src/server/flow/account/password-change.ts";
import { requestPasswordReset, resetPassword } from "../../../../src/server/flow/account/password-reset.ts";
import {
  type AuthorizationGate,
  authorizationRequest,
  CALLBACK,
  openAuthorizationGate,
  VERIFIER,
} from "../../../support/authorization-gate.ts";
import { dpopProof } from "../../../support/dpop-proof.ts";
import { ORIGIN } from "../../../support/gate.ts";
import { makeKeys } from "../../../support/jwt.ts";
import { alice, mailedToken, NEW_PASSWORD } from "./people.ts";

let gate: AuthorizationGate;
beforeEach(async () => {
  gate = await openAuthorizationGate();
});
afterEach(() => gate.close());

type Tokens = { access_token: string; refresh_token: string };

/** The tokens that an application got from a person. */
async function tokensOf(visitor: Awaited<ReturnType<AuthorizationGate["person"]>>, subject?: string) {
  const { code } = await visitor.agree(authorizationRequest(gate.clientId), subject);
  return (await gate.redeem(code)).json as Tokens;
}
const isAlive = async ({ access_token: token }: Tokens) => {
  const answer = await gate.services.authlete["auth/introspection"]({ token });
  return answer.action === "OK";
};
const refreshed = ({ refresh_token: refreshToken }: Tokens) =>
  gate.redeem(undefined, { grant_type: "refresh_token", refresh_token: refreshToken });

async function reset() {
  await requestPasswordReset(gate.services, { email: alice.email, language: "en" });
  const token = await mailedToken(gate);
  return resetPassword(gate.services, { token, password: NEW_PASSWORD, language: "en" });
}
const change = async (endsApplications: boolean, current = alice.password) =>
  changePassword(gate.services, {
    subject: await gate.subject(),
    current,
    password: NEW_PASSWORD,
    endsApplications,
    language: "en",
  });

describe("the tokens of applications", () => {
  it("end when the password is reset, those of other people do not", async () => {
    const tokens = await tokensOf(await gate.person());
    const bob = await gate.addPerson("bob");
    const other = gate.visitor();
    await other.signIn("bob");
    const others = await tokensOf(other, bob);
    expect(await isAlive(tokens)).toBe(true);
    expect(await reset()).toEqual({ outcome: "changed" });
    expect(await isAlive(tokens)).toBe(false);
    const refused = await refreshed(tokens);
    expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
    expect(await isAlive(others)).toBe(true);
    expect((await refreshed(others)).status).toBe(200);
  });

  it("end when the password is changed, where the person wants that", async () => {
    const tokens = await tokensOf(await gate.person());
    expect((await change(true)).outcome).toBe("changed");
    expect(await isAlive(tokens)).toBe(false);
    expect((await refreshed(tokens)).status).toBe(400);
  });

  it("live on when the person does not, and when the change is refused", async () => {
    const tokens = await tokensOf(await gate.person());
    expect((await change(true, "not the password")).outcome).toBe("refused");
    expect(await isAlive(tokens)).toBe(true);
    expect((await change(false)).outcome).toBe("changed");
    expect(await isAlive(tokens)).toBe(true);
    expect((await refreshed(tokens)).status).toBe(200);
  });

  it("that the engine could not be asked to end are in the log, and the password is new", async () => {
    await gate.person();
    gate.intercept((call, send) =>
      call.operation === "auth/token/revoke" ? Promise.reject(new Error("down")) : send(),
    );
    expect(await reset()).toEqual({ outcome: "changed" });
    expect(gate.lines.join("")).toContain("account.tokens_not_revoked");
  });
});

describe("threat T32: a code that was given before the password changed", () => {
  const codeOf = async (visitor: Awaited<ReturnType<AuthorizationGate["person"]>>) =>
    (await visitor.agree(authorizationRequest(gate.clientId, { prompt: "consent" }))).code;
  const tokenCount = async () => {
    const request = { subject: await gate.subject(), clientIdentifier: gate.clientId };
    return (await gate.services.authlete["auth/token/get/list"](request)).totalCount;
  };

  it.each([
    ["reset", () => reset()],
    ["changed, with applications or without", () => change(false)],
  ])("is worth nothing after it was %s, and one of the new sign-in is", async (_, give) => {
    const code = await codeOf(await gate.person());
    gate.clock.advance(2_000);
    expect((await give()).outcome).toBe("changed");
    const refused = await gate.redeem(code);
    expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
    expect(refused.json).not.toHaveProperty("access_token");
    expect(await tokenCount()).toBe(0);
    gate.clock.advance(2_000);
    const again = gate.visitor();
    await again.signIn(alice.username, NEW_PASSWORD);
    const { status, json } = await gate.redeem(await codeOf(again));
    expect(status).toBe(200);
    gate.clock.advance(2_000);
    expect((await refreshed(json as Tokens)).status).toBe(200);
  });

  it("is worth nothing either when its tokens are bound to a key, and one of the new sign-in is", async () => {
    const keys = await makeKeys("ES256");
    const client = await gate.register();
    const code = async (visitor: Awaited<ReturnType<AuthorizationGate["person"]>>) =>
      (await visitor.agree(authorizationRequest(client.id, { prompt: "consent" }))).code;
    const bound = async (value: string | undefined) => {
      const htu = `${ORIGIN}/oauth/token`;
      const answer = await gate.send(
        new Request(htu, {
          method: "POST",
          headers: {
            authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}`,
            "content-type": "application/x-www-form-urlencoded",
            dpop: await dpopProof(keys, { claims: { htu }, now: gate.clock() }),
          },
          body: new URLSearchParams({
            grant_type: "authorization_code",
            code: value ?? "",
            redirect_uri: CALLBACK,
            code_verifier: VERIFIER,
          }),
        }),
      );
      return { status: answer.status, json: JSON.parse(answer.text) as Record<string, unknown> };
    };
    const old = await code(await gate.person());
    gate.clock.advance(2_000);
    await reset();
    expect((await bound(old)).json).toMatchObject({ error: "invalid_grant" });
    gate.clock.advance(2_000);
    const again = gate.visitor();
    await again.signIn(alice.username, NEW_PASSWORD);
    expect(await bound(await code(again))).toMatchObject({ status: 200, json: { token_type: "DPoP" } });
  });
});

describe("threat T32: an application's request that is under way when the password is reset", () => {
  it("is not finished by whoever was signed in", async () => {
    const visitor = await gate.person();
    const subject = await gate.subject();
    const handle = await visitor.begin(authorizationRequest(gate.clientId));
    expect((await visitor.resume(handle)).target?.pathname).toBe(`/consent/${handle}`);
    await reset();
    const answer = await visitor.decide(handle, "allow", subject);
    expect(answer.target?.searchParams.get("code") ?? null).toBeNull();
    expect(gate.callsOf("auth/authorization/issue")).toHaveLength(0);
    gate.clock.advance(1);
    expect((await visitor.resume(handle)).target?.pathname).toBe("/login");
    await visitor.signIn(alice.username, NEW_PASSWORD);
    expect((await visitor.resume(handle)).target?.pathname).toBe(`/consent/${handle}`);
    const allowed = await visitor.decide(handle, "allow", subject);
    expect(allowed.target?.searchParams.get("code")).toMatch(/./);
  });
});
