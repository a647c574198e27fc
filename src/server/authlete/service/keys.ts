import { z } from "zod";

const hskSchema = z.looseObject({
  kty: z.string().optional(),
  use: z.string().optional(),
  kid: z.string().optional(),
  hsmName: z.string().optional(),
  handle: z.string().optional(),
  publicKey: z.string().optional(),
  alg: z.string().optional(),
});

/** Keys of the service. A key id is needed only where several keys fit. */
export const keySettings = {
  /** JSON text of a JWK Set, private keys included. */
  jwks: z.string().optional(),
  accessTokenSignatureKeyId: z.string().optional(),
  idTokenSignatureKeyId: z.string().optional(),
  userInfoSignatureKeyId: z.string().optional(),
  authorizationSignatureKeyId: z.string().optional(),
  introspectionSignatureKeyId: z.string().optional(),
  resourceSignatureKeyId: z.string().optional(),
  /** Resource responses are signed (HTTP message signatures). */
  rsResponseSigned: z.boolean().optional(),

  hsmEnabled: z.boolean().optional(),
  /** Read only. */
  hsks: z.array(hskSchema).optional(),
};
