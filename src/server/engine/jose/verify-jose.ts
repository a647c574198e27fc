import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { result } from "../refusal.ts";
import { type CompactJws, readCompactJwe, readCompactJws } from "./compact.ts";
import { type ClaimDefect, invalidClaims, missingClaims } from "./jose-claims.ts";
import { type JoseDefectCode, joseDefects } from "./jose-defects.ts";
import { signatureDefect } from "./jose-signature.ts";

type Call = Partial<Request<"jose/verify">>;
type Answer = Response<"jose/verify">;

/**
 * `jose/verify`: whether a JWS is signed by the service or a client, has the claims it must have, and is in force. What has no
 * signature is never valid.
 */
export async function verifyJose(context: EngineContext, request: Call): Promise<Answer> {
  const jws = readObject(request.jose);
  if (typeof jws === "string") return answered({ signature: jws });
  return answered({
    missing: missingClaims(jws, request),
    invalid: invalidClaims(context, jws, request),
    signature: await signatureDefect(context, jws, request),
  });
}

function readObject(jose: unknown): CompactJws | JoseDefectCode {
  const text = givenNonEmptyText(jose);
  if (text === undefined) return "A160201";
  if (readCompactJwe(text)) return "A160101";
  return readCompactJws(text) ?? "A160202";
}

type Findings = {
  missing?: readonly ClaimDefect[];
  invalid?: readonly ClaimDefect[];
  signature?: JoseDefectCode | undefined;
};

function answered({ missing = [], invalid = [], signature }: Findings): Answer {
  const defects: ClaimDefect[] = [...missing, ...invalid, ...(signature ? [{ code: signature }] : [])];
  const [first] = defects;
  return {
    ...(first ? result(first.code, described(first)) : result("A160001", "The object is valid.")),
    valid: first === undefined,
    signatureValid: signature === undefined,
    ...(namesOf(missing).length > 0 ? { missingClaims: namesOf(missing) } : {}),
    ...(namesOf(invalid).length > 0 ? { invalidClaims: namesOf(invalid) } : {}),
    ...(first ? { errorDescriptions: defects.map((defect) => `[${defect.code}] ${described(defect)}`) } : {}),
  };
}

function described({ code, claim }: ClaimDefect): string {
  return claim === undefined ? joseDefects[code] : `${joseDefects[code]}: ${claim}`;
}

function namesOf(defects: readonly ClaimDefect[]): string[] {
  return defects.flatMap(({ claim }) => claim ?? []);
}
