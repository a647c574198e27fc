import type { Client } from "../../authlete/client.ts";
import type { ClientAuthMethod } from "../../authlete/enumerations.ts";
import type { Form } from "../form.ts";
import { givenNonEmptyText, givenText, givenTexts } from "../given.ts";

/** What a request shows of its client, by the channel it came through. */
export type ClientCredentials = {
  /** From the Authorization header: the members `clientId` and `clientSecret` of the call. */
  header: { clientId: string | undefined; clientSecret: string | undefined };
  /** From the connection: the client's certificate, and the rest of its chain. PEM. */
  certificate: { leaf: string | undefined; path: string[] };
  form: Form;
};

/** A client that was found and may be used; it is not authenticated yet. */
export type IdentifiedClient = {
  client: Client;
  clientId: number;
  aliasUsed: boolean;
};

/** A client that has proved who it is, or, if it is public, has said so. */
export type Caller = IdentifiedClient & { clientAuthMethod: ClientAuthMethod };

/** The members of a call that client authentication looks at. */
export type CredentialMembers = {
  clientId?: unknown;
  clientSecret?: unknown;
  clientCertificate?: unknown;
  clientCertificatePath?: unknown;
};

/** Reads the credentials of a call. They are taken literally; an empty identifier counts as not given. */
export function readCredentials(request: CredentialMembers, form: Form): ClientCredentials {
  return {
    header: {
      clientId: givenNonEmptyText(request.clientId),
      clientSecret: givenText(request.clientSecret),
    },
    certificate: {
      leaf: givenNonEmptyText(request.clientCertificate),
      path: givenTexts(request.clientCertificatePath),
    },
    form,
  };
}
