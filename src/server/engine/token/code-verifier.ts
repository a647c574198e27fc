import { hash } from "node:crypto";
import { equalSecrets } from "../../secret/hash.ts";
import { type Form, requiredParameter } from "../form.ts";
import { refuse } from "../refusal.ts";

/** RFC 7636 4.1. */
const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

/** What an authorization request said of its code verifier, and what service and client demand now. */
export type CodeChallenge = {
  codeChallenge?: string | undefined;
  /** `plain` unless given (RFC 7636 4.3). */
  codeChallengeMethod?: "plain" | "S256" | undefined;
  isRequired: boolean;
  isS256Required: boolean;
};

/** Proof Key for Code Exchange (RFC 7636 4.6): whoever redeems a code knows the verifier of whoever asked for it. */
export function checkCodeVerifier(form: Form, challenge: CodeChallenge): void {
  if (challenge.codeChallenge === undefined) checkNoVerifier(form, challenge);
  else checkVerifierOf(form, challenge.codeChallenge, challenge);
}

function checkVerifierOf(form: Form, codeChallenge: string, challenge: CodeChallenge): void {
  const { codeChallengeMethod } = challenge;
  const verifier = requiredParameter(form, "code_verifier", ["A050312", "A050313", "A050314"]);
  if (!VERIFIER.test(verifier)) refuse("A050316");
  if (challenge.isS256Required && codeChallengeMethod !== "S256") refuse("A050315");
  const computed = codeChallengeMethod === "S256" ? hash("sha256", verifier, "base64url") : verifier;
  if (!equalSecrets(computed, codeChallenge)) refuse("A050315");
}

/** A verifier without a challenge tells of a challenge that was taken away on the way (RFC 9700 4.8.2). */
function checkNoVerifier(form: Form, { isRequired }: CodeChallenge): void {
  if (isRequired) refuse("A050312");
  if (form.get("code_verifier")?.some((value) => value !== "")) refuse("A050317");
}
