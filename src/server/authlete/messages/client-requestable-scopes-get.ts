import { z } from "zod";

/** `GET client/extension/requestable_scopes/get/{clientId}`: the only scopes a client may ask for. */
export const clientRequestableScopesGetRequestSchema = z.object({ clientId: z.string() });
/** Absent: the client may ask for every scope of the service. */
export const clientRequestableScopesGetResponseSchema = z.looseObject({
  requestableScopes: z.array(z.string()).optional(),
});
