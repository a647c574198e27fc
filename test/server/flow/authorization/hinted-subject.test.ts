import { describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import { hintedSubject } from "../../../../src/server/flow/authorization/hinted-subject.ts";
import { unsigned } from "../../../support/jwt.ts";
import { scriptedPorts } from "../../../support/spec-ports.ts";

const issuer = "https://gate.example";
const client: Client = { clientId: 5001, clientIdAlias: "app" };
const claims = { iss: issuer, aud: "5001", sub: "usr_alice", exp: 1 };

/** Asks an engine that says of every signature what the test says. */
function hinted(
  payload: unknown,
  {
    signatureValid = true,
    known,
    of = client,
  }: { signatureValid?: boolean; known?: string; of?: Client } = {},
) {
  const { ports, calls } = scriptedPorts({
    script: { "jose/verify": () => ({ signatureValid, valid: false }) },
  });
  const hint = payload === undefined ? undefined : unsigned({ alg: "RS256" }, payload, "s");
  return { calls, hint: hintedSubject(ports, { hint, known, issuer, client: of }) };
}

describe("id_token_hint, where the engine leaves it to its caller", () => {
  it.each([
    ["for the client by its number", claims],
    ["for the client by its alias, among others", { ...claims, aud: ["x", "app"] }],
  ])("names who has to be signed in: %s, expired or not", async (_, payload) => {
    expect(await hinted(payload).hint).toEqual({ kind: "subject", subject: "usr_alice" });
  });

  it.each([
    ["another issuer", { ...claims, iss: "https://evil.example" }],
    ["another client", { ...claims, aud: "5002" }],
    ["no audience", { ...claims, aud: undefined }],
    ["no subject", { ...claims, sub: undefined }],
    ["a subject that is no text", { ...claims, sub: 1 }],
    ["no JSON", "nonsense"],
  ])("is refused with %s", async (_, payload) => {
    expect(await hinted(payload).hint).toEqual({ kind: "refused" });
  });

  it("is refused when it is not signed by this server", async () => {
    expect(await hinted(claims, { signatureValid: false }).hint).toEqual({ kind: "refused" });
  });

  it.each([
    ["there is none", hinted(undefined)],
    ["the engine has told the subject", hinted(claims, { known: "usr_alice" })],
    ["subjects are pairwise", hinted(claims, { of: { ...client, subjectType: "PAIRWISE" } })],
  ])("is not looked at when %s", async (_, { hint, calls }) => {
    expect(await hint).toEqual({ kind: "none" });
    expect(calls).toEqual([]);
  });
});
