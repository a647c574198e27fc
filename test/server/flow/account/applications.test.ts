import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changePassword } from "../../../../src/server/flow/account/password-change.ts";
import { requestPasswordReset, resetPassword } from "../../../../src/server/flow/account/password-reset.ts";
import {
  type AuthorizationGate,
  authorizationRequest,
  openAuthorizationGate,
} from "../../../support/authorization-gate.ts";
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
