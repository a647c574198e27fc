import { z } from "zod";

/** `PUT client/extension/requestable_scopes/update/{clientId}`: replaces the scopes a client may ask for. */
export const clientRequestableScopesUpdateRequestSchema = z.object({
  clientId: z.string(),
  /** An empty list counts as none: every scope may be asked for. */
  requestableScopes: z.array(z.string()).optional(),
});
export const clientRequestableScopesUpdateResponseSchema = z.looseObject({
  requestableScopes: z.array(z.string()).optional(),
});
