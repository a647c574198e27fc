import { z } from "zod";
import { answer, branch } from "../result.ts";

/** `POST auth/introspection/standard`: an introspection request (RFC 7662) of a resource server, as received. */
export const standardIntrospectionRequestSchema = z.object({
  /** The whole form body of the introspection request, undecoded. */
  parameters: z.string(),
  withHiddenProperties: z.boolean().optional(),
  /** The resource server that asks. It must be among the resources a token is for. */
  rsUri: z.string().optional(),
  /** The header `Accept` of the request: it asks for JSON or for a JWT (RFC 9701). */
  httpAcceptHeader: z.string().optional(),
  /** How a JWT is signed; `RS256` when not given. */
  introspectionSignAlg: z.string().optional(),
  /** How a JWT is encrypted. */
  introspectionEncryptionAlg: z.string().optional(),
  introspectionEncryptionEnc: z.string().optional(),
  sharedKeyForSign: z.string().optional(),
  sharedKeyForEncryption: z.string().optional(),
  /** JSON text of a JWK. */
  publicKeyForEncryption: z.string().optional(),
});
export type StandardIntrospectionRequest = z.infer<typeof standardIntrospectionRequestSchema>;

/** The answer of `auth/introspection/standard`: the body for the resource server. An inactive token is an `OK` too. */
export const standardIntrospectionResponseSchema = answer([
  branch("OK", { responseContent: z.string() }),
  branch("JWT", { responseContent: z.string() }),
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type StandardIntrospectionResponse = z.infer<typeof standardIntrospectionResponseSchema>;
