import { z } from "zod";

/** Structures that several messages of the Authlete 3.0 API share (authlete-api: JSON conventions). */

/** An extra property of an access token. A hidden one is never shown to the client application. */
export const propertySchema = z.looseObject({
  key: z.string().optional(),
  value: z.string().optional(),
  hidden: z.boolean().optional(),
});
export type Property = z.infer<typeof propertySchema>;

export const pairSchema = z.looseObject({ key: z.string().optional(), value: z.string().optional() });
export type Pair = z.infer<typeof pairSchema>;

export const taggedValueSchema = z.looseObject({ tag: z.string().optional(), value: z.string().optional() });

/** A scope of the service. `defaultEntry` marks those granted when a request names none. */
export const scopeSchema = z.looseObject({
  name: z.string().optional(),
  defaultEntry: z.boolean().optional(),
  description: z.string().optional(),
  descriptions: z.array(taggedValueSchema).optional(),
  attributes: z.array(pairSchema).optional(),
});
export type Scope = z.infer<typeof scopeSchema>;

/** RFC 9396 authorization details; `otherFields` is JSON text. */
export const authorizationDetailsSchema = z.looseObject({
  elements: z
    .array(
      z.looseObject({
        type: z.string(),
        locations: z.array(z.string()).optional(),
        actions: z.array(z.string()).optional(),
        dataTypes: z.array(z.string()).optional(),
        identifier: z.string().optional(),
        privileges: z.array(z.string()).optional(),
        otherFields: z.string().optional(),
      }),
    )
    .optional(),
});

export type AuthorizationDetails = z.infer<typeof authorizationDetailsSchema>;

/** What a grant covers (Grant Management for OAuth 2.0). */
export const grantSchema = z.looseObject({
  scopes: z
    .array(z.looseObject({ scope: z.string().optional(), resource: z.array(z.string()).optional() }))
    .optional(),
  claims: z.array(z.string()).optional(),
  authorizationDetails: authorizationDetailsSchema.optional(),
});
export type Grant = z.infer<typeof grantSchema>;

/** A scope whose name carries a value, like `payment:42`: the registered name and what was asked for. */
export const dynamicScopeSchema = z.looseObject({
  name: z.string().optional(),
  value: z.string().optional(),
});
