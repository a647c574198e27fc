import type { IdentifiedClient } from "../client-authentication/credentials.ts";
import type { EngineContext } from "../context.ts";
import { Refusal } from "../refusal.ts";
import { readRedirectUri } from "./parameters/redirect-uri.ts";
import { checkTokensByRedirection } from "./parameters/redirect-uri-application-type.ts";
import { readResponseMode } from "./parameters/response-mode.ts";
import { checkResponseType, readResponseType } from "./parameters/response-type.ts";
import type { RequestParameters } from "./request-parameters.ts";
import { RedirectedRefusal, type ResponseChannel, throughChannel } from "./response/channel.ts";
import { defaultMode } from "./response/response-mode.ts";
import type { KnownRequest } from "./rule.ts";

/** The way back to the client, and what the request says of it. */
export type Foundation = { channel: ResponseChannel; known: KnownRequest };

/**
 * Finds out where the answer goes. Without a response type that is known and a redirection URI that is the client's own the
 * request is refused on the spot (RFC 6749 4.1.2.1); from then on the client learns of refusals by redirect.
 */
export async function layFoundation(
  context: EngineContext,
  { client, clientId, aliasUsed }: IdentifiedClient,
  parameters: RequestParameters,
): Promise<Foundation> {
  const { service } = context;
  const responseType = readResponseType(parameters);
  const redirection = readRedirectUri(parameters, { service, client, responseType });
  const plain: ResponseChannel = {
    client,
    clientIdAliasUsed: aliasUsed,
    redirectUri: redirection.redirectUri,
    responseMode: defaultMode(responseType),
    ...stateOf(parameters),
  };
  const responseMode = await throughChannel(
    () => plain,
    () => {
      checkResponseType(service, client, responseType);
      checkTokensByRedirection(client, responseType, redirection.redirectUri);
      return readResponseMode(parameters, client, responseType);
    },
  );
  const known = { clientId, clientIdAliasUsed: aliasUsed, responseType, responseMode, ...redirection };
  return { channel: { ...plain, responseMode }, known: { ...known, scopes: [], resources: [] } };
}

/** The state goes back as it came (RFC 6749 4.1.2). Of several, which a rule will refuse, none does. */
function stateOf({ form, mistyped }: RequestParameters): { state?: string } {
  const values = mistyped.has("state") ? [] : (form.get("state") ?? []);
  const [state] = values;
  return values.length === 1 && state ? { state } : {};
}

/** The way back that parameters show on their own, for a request whose true parameters cannot be read. */
export async function channelOf(
  context: EngineContext,
  caller: IdentifiedClient,
  parameters: RequestParameters,
): Promise<ResponseChannel | undefined> {
  try {
    return (await layFoundation(context, caller, parameters)).channel;
  } catch (error) {
    if (error instanceof RedirectedRefusal) return error.channel;
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
