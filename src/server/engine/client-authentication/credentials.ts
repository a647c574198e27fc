import type { Client } from "../../authlete/client.ts";
import type { Form } from "../form.ts";
import { givenNonEmptyText, givenText } from "../given.ts";

/** What a request shows of its client, by the channel it came through. */
export type ClientCredentials = {
  /** From the Authorization header: the members `clientId` and `clientSecret` of the call. */
  header: { clientId: string | undefined; clientSecret: string | undefined };
  form: Form;
};

/** A client that was found and may be used; it is not authenticated yet. */
export type IdentifiedClient = {
  client: Client;
  clientId: number;
  aliasUsed: boolean;
};

/** Reads the credentials of a call. They are taken literally; an empty identifier counts as not given. */
export function readCredentials(
  request: { clientId?: unknown; clientSecret?: unknown },
  form: Form,
): ClientCredentials {
  return {
    header: {
      clientId: givenNonEmptyText(request.clientId),
      clientSecret: givenText(request.clientSecret),
    },
    form,
  };
}
