import type { Client } from "../../authlete/client.ts";
import type { FlowPorts } from "../ports.ts";

/** What an `id_token_hint` comes to: nothing to check, the one who has to be signed in, or a hint that nobody can trust. */
export type Hint = { kind: "none" } | { kind: "subject"; subject: string } | { kind: "refused" };

/** A century: an ID token may have expired long ago and is a hint all the same (seconds). */
const ANY_AGE_SECONDS = 3_155_760_000;

/**
 * Who is meant by the `id_token_hint` of a request, where the engine leaves that to its caller. One that tells the subject itself has judged
 * the hint already. A pairwise subject is none that anybody here knows, so it is left to the engine too.
 *
 * @param request.known the subject that the engine told.
 * @param request.issuer of the service.
 * @throws EngineError when the engine cannot be asked.
 * @see OpenID Connect Core 1.0, section 3.1.2.1
 */
export async function hintedSubject(
  { authlete }: Pick<FlowPorts, "authlete">,
  request: {
    hint: string | undefined;
    known: string | undefined;
    issuer: string | undefined;
    client: Client | undefined;
  },
): Promise<Hint> {
  const { hint, known, issuer, client } = request;
  if (hint === undefined || known !== undefined || client?.subjectType === "PAIRWISE")
    return { kind: "none" };
  const { signatureValid } = await authlete["jose/verify"]({ jose: hint, clockSkew: ANY_AGE_SECONDS });
  const { iss, aud, sub } = payloadOf(hint);
  const audience: unknown[] = [aud].flat();
  const isForClient = audience.includes(String(client?.clientId)) || audience.includes(client?.clientIdAlias);
  const isOurs = signatureValid === true && issuer !== undefined && iss === issuer;
  return isOurs && isForClient && typeof sub === "string"
    ? { kind: "subject", subject: sub }
    : { kind: "refused" };
}

function payloadOf(jwt: string): Record<string, unknown> {
  try {
    const payload: unknown = JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString());
    return typeof payload === "object" && payload !== null ? { ...payload } : {};
  } catch {
    return {};
  }
}
