import type { GrantType } from "../../authlete/enumerations.ts";
import { authenticateClient } from "../client-authentication/authenticate-client.ts";
import {
  type Caller,
  type CredentialMembers,
  readCredentials,
} from "../client-authentication/credentials.ts";
import type { ClientEndpoint } from "../client-authentication/endpoint.ts";
import { checkFapiModes } from "../client-authentication/fapi-mode.ts";
import { identifyClient } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import type { Form } from "../form.ts";
import { checkClientDeclaresGrantType, checkServiceSupportsGrantType } from "../token/grant-type.ts";
import { type OwnCodes, withOwnCodes } from "./own-codes.ts";

/** Where a request arrived, the grant that it begins, and what the endpoint calls its refusals. */
export type ClientRequest = {
  form: Form;
  endpoint: ClientEndpoint;
  grantType?: GrantType;
  codes: OwnCodes;
};

/**
 * The client of a request to an endpoint that authenticates clients as the token endpoint does (RFC 9126 2, RFC 8628 3.1,
 * CIBA Core 7.1).
 */
export async function authenticatedClient(
  context: EngineContext,
  call: CredentialMembers,
  { form, endpoint, grantType, codes }: ClientRequest,
): Promise<Caller> {
  const { service } = context;
  const credentials = readCredentials(call, form);
  return withOwnCodes({ A049305: "A166305", A047302: "A166306", ...codes }, async () => {
    const identified = await identifyClient(context, credentials);
    if (grantType) {
      checkServiceSupportsGrantType(service, grantType);
      checkClientDeclaresGrantType(identified.client, grantType);
    }
    const clientAuthMethod = await authenticateClient(context, identified.client, { credentials, endpoint });
    checkFapiModes(service, identified.client, {
      clientAuthMethod,
      ...(grantType === undefined ? {} : { grantType }),
    });
    return { ...identified, clientAuthMethod };
  });
}
