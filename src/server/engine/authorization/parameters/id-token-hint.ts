import type { Client } from "../../../authlete/client.ts";
import type { EngineContext } from "../../context.ts";
import { isSignedHere } from "../../id-token/own-signature.ts";
import { readCompactJws } from "../../jose/compact.ts";
import { refuse } from "../../refusal.ts";
import { parameter } from "../request-parameters.ts";
import type { Rule } from "../rule.ts";

/**
 * `id_token_hint` (OIDC Core 3.1.2.1): an ID token that the client once got here; it may have expired. Who is meant by it is the
 * only one who may sign in. A pairwise subject tells the caller nothing, so it is only compared at the end.
 */
export const idTokenHint: Rule = ({ context, client, parameters, known }) => {
  const hint = parameter(parameters, "id_token_hint", ["A069303", "A069303"]);
  if (hint === undefined) return {};
  const subject = subjectOf(context, client, hint) ?? refuse("A069304");
  if (known.subject !== undefined && known.subject !== subject) refuse("A069305");
  return { subject };
};

function subjectOf(context: EngineContext, client: Client, hint: string): string | undefined {
  const jws = readCompactJws(hint);
  if (!jws?.payload || jws.header.typ === "at+jwt" || !isSignedHere(context, client, jws)) return undefined;
  const { iss, aud, sub } = jws.payload;
  const audience: unknown[] = [aud].flat();
  const isForClient = audience.includes(String(client.clientId)) || audience.includes(client.clientIdAlias);
  return iss === context.service.issuer && isForClient && typeof sub === "string" ? sub : undefined;
}
