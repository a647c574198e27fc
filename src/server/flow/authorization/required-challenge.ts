import type { FormBody } from "../../oauth/form-body.ts";
import { findClient } from "../find-client.ts";
import type { FlowPorts } from "../ports.ts";
import type { GoodRequest } from "./describe-request.ts";

/** With one of these, what counts stands elsewhere. */
const BY_REFERENCE = ["request", "request_uri"] as const;

/**
 * The parameters of a request, for the engine. PKCE is a must for public clients, whatever service and client are set to: without a
 * challenge of theirs the request goes on with an empty one, which the engine refuses by the way that it knows back to the client.
 *
 * @param text the parameters as they are to be sent.
 * @throws EngineError when the engine cannot be asked.
 * @see RFC 9700, section 2.1.1
 */
export async function withRequiredChallenge(
  ports: Pick<FlowPorts, "authlete">,
  { parameters }: FormBody,
  text: string,
): Promise<string> {
  const isPlain = BY_REFERENCE.every((name) => !parameters.has(name));
  const clientId = parameters.get("client_id");
  if (!isPlain || parameters.has("code_challenge") || clientId === undefined) return text;
  const client = await findClient(ports, clientId);
  return client?.clientType === "PUBLIC" ? `${text}&code_challenge=` : text;
}

/** Whether a request of a public client has a request object without a challenge. */
export function lacksChallengeInObject({ client, requestObjectPayload }: GoodRequest): boolean {
  if (client?.clientType !== "PUBLIC" || requestObjectPayload === undefined) return false;
  const payload = JSON.parse(requestObjectPayload) as { code_challenge?: unknown };
  return payload.code_challenge === undefined;
}
