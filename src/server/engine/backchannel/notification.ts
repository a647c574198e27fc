import type { Client } from "../../authlete/client.ts";
import type { Response } from "../../authlete/operations.ts";
import { lifetime } from "../access-token/lifetime.ts";
import { attributeMembers, clientMembers } from "../client/client-members.ts";
import type { EngineContext } from "../context.ts";
import type { IssuedTokens } from "../token/token-answer.ts";
import type { Completion } from "./completion.ts";

type Completed = {
  told: { resultCode: string; resultMessage: string };
  /** The body of the notification. That of a ping only says which request it is about (CIBA Core 10.2). */
  content?: string;
  tokens?: ReturnType<typeof pushedTokenMembers>;
  grantId?: string | undefined;
};

/** The answer to a completion: nothing to do, or a notification to send. */
export function completed(
  context: EngineContext,
  completion: Completion,
  { told, content, tokens, grantId }: Completed,
): Response<"backchannel/authentication/complete"> {
  const { authReqId, notification } = completion;
  const members = {
    ...told,
    ...completionMembers(context, completion),
    ...tokens,
    ...(grantId === undefined ? {} : { grantId }),
  };
  if (!notification) return { ...members, action: "NO_ACTION" };
  return {
    ...members,
    action: "NOTIFICATION",
    responseContent: content ?? JSON.stringify({ auth_req_id: authReqId }),
    clientNotificationEndpoint: notification.endpoint,
    clientNotificationToken: notification.token,
  };
}

function completionMembers({ service }: EngineContext, { client, stored, authReqId }: Completion) {
  const { clientIdAliasUsed, deliveryMode, resources, authorizationDetails } = stored.document;
  return {
    ...clientMembers(client, clientIdAliasUsed),
    ...(client.clientName ? { clientName: client.clientName } : {}),
    deliveryMode,
    authReqId,
    ...(resources.length > 0 ? { resources } : {}),
    ...(authorizationDetails ? { authorizationDetails } : {}),
    ...attributeMembers(service, client),
  };
}

/** What was issued to be pushed. Durations are seconds. */
export function pushedTokenMembers({ service }: EngineContext, client: Client, issued: IssuedTokens) {
  const { row, accessToken, jwtAccessToken, refreshToken, idToken } = issued;
  const { refreshTokenDuration, scopes } = row;
  return {
    accessToken,
    accessTokenDuration: row.accessTokenDuration,
    ...(jwtAccessToken === undefined ? {} : { jwtAccessToken }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(refreshTokenDuration === undefined ? {} : { refreshTokenDuration }),
    ...(idToken === undefined
      ? {}
      : {
          idToken,
          idTokenDuration: lifetime({
            kind: "idTokenDuration",
            service,
            client,
            scopes,
            requested: undefined,
          }),
        }),
  };
}
