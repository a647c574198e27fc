import { z } from "zod";

/** `GET service/jwks/get`: the public keys of the service (RFC 7517). */
export const serviceJwksGetRequestSchema = z.object({
  includePrivateKeys: z.boolean().optional(),
  pretty: z.boolean().optional(),
});

/** A JWK Set. An empty answer (204) becomes a set with no keys. */
export const serviceJwksGetResponseSchema = z.looseObject({
  keys: z
    .array(z.looseObject({ kty: z.string(), kid: z.string().optional(), alg: z.string().optional() }))
    .default([]),
});
export type JwkSet = z.infer<typeof serviceJwksGetResponseSchema>;
