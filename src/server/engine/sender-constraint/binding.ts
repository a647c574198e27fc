import type { Client } from "../../authlete/client.ts";
import { certificateThumbprint, parseCertificate } from "../certificate/certificate.ts";
import { fapiModes, isBeyondBaseline } from "../client-authentication/fapi-mode.ts";
import type { EngineContext } from "../context.ts";
import { checkProof, type ProofDefect, type ProvedRequest } from "../dpop/proof.ts";
import { givenNonEmptyText } from "../given.ts";
import type { Confirmation, TokenDetails } from "../records.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/** What the tokens of a token request will be bound to. Everything is `undefined` for bearer tokens. */
export type Binding = {
  /** For `details.confirmation` of the token: the certificate or the DPoP key that its user has to prove to hold. */
  confirmation: Confirmation | undefined;
  /** For `details.refreshTokenJkt`: the DPoP key that a public client's refresh token is bound to (RFC 9449 5). */
  refreshTokenJkt: string | undefined;
  /** The thumbprint of the key that the request's DPoP proof was made with: codes and refresh tokens may demand it. */
  jkt: string | undefined;
};

/** The members of a token request that tokens are bound by. */
export type BindingRequest = ProvedRequest["request"] & { clientCertificate?: unknown };

/**
 * Finds what the tokens of a token request are bound to: the key of its DPoP proof (RFC 9449 5), and its certificate where service and
 * client want that (RFC 8705 3). Nothing weaker is given than was asked for: a bad proof is refused, not ignored.
 *
 * @throws Refusal with a code of A254, A048351, A244309 or A152305.
 */
export async function readBinding(
  context: EngineContext,
  client: Client,
  request: BindingRequest,
): Promise<Binding> {
  const jkt = await provedKey(context, client, request);
  const thumbprint = boundCertificate(context, client, request.clientCertificate);
  const confirmation = {
    ...(thumbprint === undefined ? {} : { "x5t#S256": thumbprint }),
    ...(jkt === undefined ? {} : { jkt }),
  };
  const isBound = jkt !== undefined || thumbprint !== undefined;
  if (!isBound && isBeyondBaseline(fapiModes(context.service, client))) refuse("A152305");
  return {
    confirmation: isBound ? confirmation : undefined,
    refreshTokenJkt: client.clientType === "PUBLIC" ? jkt : undefined,
    jkt,
  };
}

/** What a stored token keeps of its binding. */
export function bindingDetails({
  confirmation,
  refreshTokenJkt,
}: Omit<Binding, "jkt">): Pick<TokenDetails, "confirmation" | "refreshTokenJkt"> {
  return {
    ...(confirmation === undefined ? {} : { confirmation }),
    ...(refreshTokenJkt === undefined ? {} : { refreshTokenJkt }),
  };
}

const proofCodes: Record<ProofDefect, RefusalCode> = {
  malformed: "A254301",
  algorithm: "A254302",
  no_key: "A254303",
  no_algorithm: "A254304",
  nonce: "A254307",
};

async function provedKey(context: EngineContext, client: Client, request: BindingRequest) {
  if (givenNonEmptyText(request.dpop) === undefined) {
    return client.dpopRequired ? refuse("A254301") : undefined;
  }
  const defaultUri = context.service.tokenEndpoint;
  const { jkt, defect } = await checkProof(context, { request, client, defaultMethod: "POST", defaultUri });
  return defect ? refuse(proofCodes[defect]) : jkt;
}

/** A certificate alone asks for nothing: front ends hand over whatever the connection had. */
function boundCertificate({ service }: EngineContext, client: Client, pem: unknown): string | undefined {
  const isWanted =
    service.tlsClientCertificateBoundAccessTokens && client.tlsClientCertificateBoundAccessTokens;
  if (!isWanted) return undefined;
  const given = givenNonEmptyText(pem) ?? refuse("A048351");
  return certificateThumbprint(parseCertificate(given) ?? refuse("A244309"));
}
