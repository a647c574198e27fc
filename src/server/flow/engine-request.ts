import type { OAuthRequest, ProvedRequest } from "../oauth/oauth-request.ts";

/** What the engine is told of the client that sent a form. Credentials stay in the channel they came in: the engine compares it with the registered method. */
export type ClientCall = {
  parameters: string;
  clientId?: string;
  clientSecret?: string;
  clientCertificate?: string;
  clientCertificatePath?: string[];
  oauthClientAttestation?: string;
  oauthClientAttestationPop?: string;
};

/** The members of a call of the engine for a form as it was received. */
export function clientCall({
  form,
  credentials,
  certificates,
  attestation,
  attestationPop,
}: OAuthRequest): ClientCall {
  return {
    parameters: form.text,
    ...(credentials.method === "client_secret_basic" && {
      clientId: credentials.clientId,
      clientSecret: credentials.clientSecret,
    }),
    ...certificateMembers(certificates),
    ...(attestation !== undefined && { oauthClientAttestation: attestation }),
    ...(attestationPop !== undefined && { oauthClientAttestationPop: attestationPop }),
  };
}

function certificateMembers([own, ...others]: readonly string[]) {
  return {
    ...(own !== undefined && { clientCertificate: own }),
    ...(others.length > 0 && { clientCertificatePath: others }),
  };
}

/** The members of a call of the engine for a DPoP proof: it is checked against the address that the sender knows (RFC 9449 section 4.3). */
export function proofCall({ dpop, method, target }: ProvedRequest): {
  dpop?: string;
  htm?: string;
  htu?: string;
} {
  return dpop === undefined ? {} : { dpop, htm: method, htu: target };
}

/** The members of a call of the engine for the use of an access token: its proof and its certificate (RFC 9449 section 7, RFC 8705 section 3). */
export function possessionCall(request: ProvedRequest): ReturnType<typeof proofCall> & {
  clientCertificate?: string;
} {
  const [own] = request.certificates;
  return { ...proofCall(request), ...(own !== undefined && { clientCertificate: own }) };
}
