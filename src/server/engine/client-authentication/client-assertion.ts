import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import type { Form } from "../form.ts";
import { type CompactJws, readCompactJws } from "../jose/compact.ts";
import { clockSkewMs } from "../jose/times.ts";
import { type SignatureDefect, verifyClientJws } from "../jose/verify.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import { spendJti } from "../used-jti.ts";
import { assertionAlgorithms } from "./assertion-algorithms.ts";
import { type AssertionClaims, readAssertionClaims } from "./assertion-claims.ts";
import type { Authentication } from "./authenticate-client.ts";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * `client_secret_jwt` and `private_key_jwt`: a JWT that the client has signed (RFC 7523 2.2, OIDC Core 9). Everything in it is checked
 * before its signature, and it is used up only when that is the client's.
 */
export async function authenticateByAssertion(
  context: EngineContext,
  client: Client,
  { credentials, endpoint }: Authentication,
): Promise<void> {
  checkAssertionType(credentials.form);
  const jws = readAssertion(credentials.form);
  const algorithms = assertionAlgorithms(context.service, client, jws.header.alg);
  const claims = readAssertionClaims(context, client, { payload: jws.payload, endpoint });
  const defect = await verifyClientJws(context, client, { jws, algorithms });
  if (defect) refuse(signatureCodes[defect]);
  await spendAssertion(context, client, claims);
}

/** Repeated or empty parameters are refused before they are looked at (RFC 6749 3.2). */
function checkAssertionType(form: Form): void {
  const types = form.get("client_assertion_type") ?? refuse("A157309");
  if (types.length > 1) refuse("A158304");
  if (types[0] === "") refuse("A158303");
  if (types[0] !== ASSERTION_TYPE) refuse("A157310");
}

function readAssertion(form: Form): CompactJws {
  const assertions = form.get("client_assertion") ?? refuse("A157311");
  if (assertions.length > 1) refuse("A158305");
  const assertion = assertions[0] || refuse("A157311");
  return readCompactJws(assertion) ?? refuse("A157312");
}

const signatureCodes: Record<SignatureDefect, RefusalCode> = {
  algorithm: "A157313",
  not_registered: "A156301",
  unavailable: "A156302",
  no_key: "A156304",
  no_secret: "A157325",
  signature: "A157326",
};

/** The engine remembers the identifier for as long as the assertion could be used. */
async function spendAssertion(
  context: EngineContext,
  client: Client,
  { jti, expiresAt }: AssertionClaims,
): Promise<void> {
  const isFirst = await spendJti(context, {
    owner: `client ${client.clientId}`,
    jti,
    ...(client.clientId === undefined ? {} : { clientId: client.clientId }),
    expiresAt: expiresAt + clockSkewMs(context),
  });
  if (!isFirst) refuse("A157324");
}
