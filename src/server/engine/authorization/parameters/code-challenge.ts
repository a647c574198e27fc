import { refuse } from "../../refusal.ts";
import { givenParameter, parameter, type RequestParameters } from "../request-parameters.ts";
import { contentsOf } from "../response/response-type.ts";
import type { Rule } from "../rule.ts";

/** RFC 7636 4.2. An S256 challenge is the hash of the verifier in base64url, no more and no less. */
const plain = /^[A-Za-z0-9\-._~]{43,128}$/;
const s256 = /^[A-Za-z0-9\-_]{43}$/;

/** `code_challenge` and `code_challenge_method` (RFC 7636 4.3), as far as there is a code to protect. */
export const codeChallenge: Rule = ({ context: { service }, client, parameters, known }) => {
  const challenge = givenParameter(parameters, "code_challenge", ["A124309", "A124303"]);
  const named = readMethod(parameters);
  if (!contentsOf(known.responseType).code) return {};
  if (challenge === "") refuse("A124302");
  if (challenge === undefined) {
    if (service.pkceRequired || client.pkceRequired) refuse("A124301");
    return {};
  }
  if (service.pkceS256Required || client.pkceS256Required) {
    if (named === undefined) refuse("A124307");
    if (named !== "S256") refuse("A124308");
  }
  const method = named ?? "plain";
  if (!(method === "S256" ? s256 : plain).test(challenge)) refuse("A124304");
  return { codeChallenge: challenge, codeChallengeMethod: method };
};

function readMethod(parameters: RequestParameters): "plain" | "S256" | undefined {
  const method = parameter(parameters, "code_challenge_method", ["A124310", "A124305"]);
  if (method === undefined || method === "plain" || method === "S256") return method;
  return refuse("A124306");
}
