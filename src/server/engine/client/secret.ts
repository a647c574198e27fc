import type { Request, Response } from "../../authlete/operations.ts";
import { refuseCall } from "../call-refusal.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { result } from "../refusal.ts";
import { clientSecret } from "./client-secret.ts";
import { findStoredClient } from "./find-client.ts";
import { changeClient } from "./update.ts";

/** `client/secret/refresh`: gives a client a new secret of the engine's choice. The old one is worth nothing from then on. */
export async function refreshClientSecret(
  context: EngineContext,
  request: Partial<Request<"client/secret/refresh">>,
): Promise<Response<"client/secret/refresh">> {
  const { clientId } = await findStoredClient(context, request.clientIdentifier);
  return replaceSecret(context, { clientId, code: "A148001", secret: clientSecret(context.random) });
}

/** `client/secret/update`: gives a client a secret of the caller's choice. */
export async function updateClientSecret(
  context: EngineContext,
  request: Partial<Request<"client/secret/update">>,
): Promise<Response<"client/secret/update">> {
  const { clientId } = await findStoredClient(context, request.clientIdentifier);
  const secret = givenNonEmptyText(request.clientSecret);
  if (secret === undefined || !/^[\w-]{1,86}$/.test(secret)) return refuseCall("A149601");
  return replaceSecret(context, { clientId, code: "A149001", secret });
}

async function replaceSecret(
  context: EngineContext,
  { clientId, code, secret }: { clientId: number; code: "A148001" | "A149001"; secret: string },
) {
  let oldClientSecret: string | undefined;
  await changeClient(context, clientId, (client) => {
    oldClientSecret = client.clientSecret;
    return { ...client, clientSecret: secret };
  });
  return {
    ...result(code, "The client has a new secret."),
    newClientSecret: secret,
    ...(oldClientSecret === undefined ? {} : { oldClientSecret }),
  };
}
