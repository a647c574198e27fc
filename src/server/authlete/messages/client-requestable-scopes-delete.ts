import { z } from "zod";

/** `DELETE client/extension/requestable_scopes/delete/{clientId}`: lets a client ask for every scope of the service. */
export const clientRequestableScopesDeleteRequestSchema = z.object({ clientId: z.string() });
export const clientRequestableScopesDeleteResponseSchema = z.object({});
