import type { Client } from "../../authlete/client.ts";
import { checkSenderConstraint } from "../client-authentication/sender-constraint.ts";
import type { Confirmation } from "../records.ts";

/** What the tokens of a token request will be bound to. Everything is `undefined` for bearer tokens. */
export type Binding = {
  /** For `details.confirmation` of the token: the certificate or the DPoP key that its user has to prove to hold. */
  confirmation: Confirmation | undefined;
  /** For `details.refreshTokenJkt`: the DPoP key that a public client's refresh token is bound to (RFC 9449 5). */
  refreshTokenJkt: string | undefined;
  /** The thumbprint of the key that the request's DPoP proof was made with: codes and refresh tokens may demand it. */
  jkt: string | undefined;
};

/** What the tokens of a request are bound to, once its proofs are found good. */
export async function readBinding(client: Client, request: { dpop?: unknown }): Promise<Binding> {
  checkSenderConstraint(client, request);
  return { confirmation: undefined, refreshTokenJkt: undefined, jkt: undefined };
}
