import { clientSchema } from "../client.ts";

/** `POST client/create`: registers a client. Its number and its secret are the engine's choice. */
export const clientCreateRequestSchema = clientSchema;
/** The client as it was registered, its secret included. */
export const clientCreateResponseSchema = clientSchema;
