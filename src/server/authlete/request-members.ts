import { z } from "zod";

/** Members that several requests of the Authlete 3.0 API share. */

/** Credentials of a client application that came beside its request, not inside `parameters`. */
export const clientCredentialMembers = {
  /** User part of HTTP Basic credentials, decoded. Never move body credentials here: the channel counts. */
  clientId: z.string().optional(),
  /** Password part of HTTP Basic credentials, decoded. */
  clientSecret: z.string().optional(),
  /** PEM of the certificate the client application presented (RFC 8705), and the rest of its chain. */
  clientCertificate: z.string().optional(),
  clientCertificatePath: z.array(z.string()).optional(),
  /** The headers `OAuth-Client-Attestation` and `OAuth-Client-Attestation-PoP`. */
  oauthClientAttestation: z.string().optional(),
  oauthClientAttestationPop: z.string().optional(),
};

/** The DPoP proof of a request (RFC 9449), its method and its URL. */
export const proofMembers = {
  dpop: z.string().optional(),
  htm: z.string().optional(),
  htu: z.string().optional(),
  /** Demands a nonce in the proof, even if the service does not. */
  dpopNonceRequired: z.boolean().optional(),
};

/** How a client that is identified by the URL of its metadata document is looked up. */
export const cimdOptionsSchema = z.looseObject({
  alwaysRetrieved: z.boolean().optional(),
  httpPermitted: z.boolean().optional(),
  queryPermitted: z.boolean().optional(),
});

/** Which part of a list: from `start` to `end`, counted from 0, `end` exclusive. */
export const rangeMembers = { start: z.int().optional(), end: z.int().optional() };
