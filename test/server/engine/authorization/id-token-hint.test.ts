import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeKeys, signJwt, unsigned } from "../../../support/jwt.ts";
import {
  ask,
  expectRedirectedError,
  ISSUER,
  issue,
  issueFor,
  jwtParts,
  openAuthorizationEngine,
  redirect,
  site,
  type TestEngine,
  ticketFor,
  waiting,
} from "./authorization-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
});
afterEach(() => test.close());

/** An ID token of Alice, as the client got it. */
async function idToken(): Promise<string> {
  const answer = await issueFor(test, { response_type: "id_token", scope: "openid" });
  return redirect(answer).parameters.id_token ?? "";
}

const bad = { code: "A069304", error: "invalid_request" };

describe("id_token_hint (OIDC Core 3.1.2.1)", () => {
  it.each([undefined, "ES256", "HS256"] as const)(
    "tells the subject, signed with %s, even after it expired",
    async (alg) => {
      if (alg) await test.setClient(site.id, { idTokenSignAlg: alg });
      const hint = await idToken();
      test.clock.advance(7 * 24 * 3600 * 1000);
      const answer = waiting(await ask(test, { id_token_hint: hint, prompt: "none", scope: "openid" }));
      expect(answer.subject).toBe("alice");
    },
  );

  it("that is spoiled in any part is refused", async () => {
    const hint = await idToken();
    const [header = "", payload = "", signature = ""] = hint.split(".");
    const { header: head, payload: body } = jwtParts(hint);
    const flipped = `${signature.slice(0, -8)}AAAAAAAA`;
    const spoiled = [
      `${header}.${payload}.${flipped}`,
      `${header}.${payload}.`,
      unsigned({ ...head, alg: "none" }, body),
      unsigned(head, { ...body, sub: "bob" }, signature),
      `${header}.${payload}`,
    ];
    for (const value of spoiled) expectRedirectedError(await ask(test, { id_token_hint: value }), bad);
    expect(waiting(await ask(test, { id_token_hint: hint })).subject).toBe("alice");
  });

  it("of another service's key, for another client, or of another kind is refused", async () => {
    const { privateKey } = await makeKeys("ES256");
    const payload = { iss: ISSUER, sub: "alice", aud: site.id };
    const foreign = await signJwt(privateKey, { header: { alg: "ES256" }, payload });
    expectRedirectedError(await ask(test, { id_token_hint: foreign }), bad);

    const hint = await idToken();
    await test.setClient("3003", { clientType: "PUBLIC", redirectUris: ["https://other.example/"] });
    const other = await ask(test, {
      client_id: "3003",
      redirect_uri: "https://other.example/",
      id_token_hint: hint,
    });
    expect(other).toMatchObject({ action: "LOCATION", resultCode: "A069304" });

    await test.setService({ accessTokenSignAlg: "ES256" });
    const token = await issueFor(test, { response_type: "token" });
    const { access_token: accessToken } = redirect(token).parameters;
    expectRedirectedError(await ask(test, { id_token_hint: accessToken }), bad);
  });

  it("signed with the secret of a client that is public by now is refused", async () => {
    await test.setClient(site.id, { idTokenSignAlg: "HS256" });
    const hint = await idToken();
    await test.setClient(site.id, { clientType: "PUBLIC", idTokenSignAlg: "RS256" });
    expectRedirectedError(await ask(test, { id_token_hint: hint }), bad);
  });

  it("contradicts a claims request for another subject", async () => {
    const hint = await idToken();
    const claims = (value: string) => JSON.stringify({ id_token: { sub: { value } } });
    const answer = await ask(test, { id_token_hint: hint, claims: claims("bob") });
    expectRedirectedError(answer, { code: "A069305", error: "invalid_request" });
    expect(waiting(await ask(test, { id_token_hint: hint, claims: claims("alice") })).subject).toBe("alice");
  });

  it("lets nobody else sign in", async () => {
    const hint = await idToken();
    const ticket = await ticketFor(test, { id_token_hint: hint });
    const answer = await issue(test, ticket, { subject: "bob" });
    expectRedirectedError(answer, { code: "A060304", error: "login_required" });
    expect(await issue(test, ticket)).toMatchObject({ action: "BAD_REQUEST", resultCode: "A041202" });
    expect((await issueFor(test, { id_token_hint: hint })).action).toBe("LOCATION");
  });

  it("of a pairwise client is compared with the pairwise subject", async () => {
    await test.setClient(site.id, { subjectType: "PAIRWISE" });
    const hint = await idToken();
    expect(jwtParts(hint).payload.sub).not.toBe("alice");
    expect((await issueFor(test, { id_token_hint: hint })).resultCode).toBe("A040001");
    const other = await issueFor(test, { id_token_hint: hint }, { subject: "bob" });
    expectRedirectedError(other, { code: "A060304", error: "login_required" });
  });
});
