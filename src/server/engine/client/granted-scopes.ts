import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import { result } from "../refusal.ts";
import { findStoredClient } from "./find-client.ts";
import { requiredSubject } from "./required-subject.ts";

/** `client/granted_scopes/get`: the scopes that an end-user has granted to a client, last time and ever. */
export async function getGrantedScopes(
  context: EngineContext,
  request: Partial<Request<"client/granted_scopes/get">>,
): Promise<Response<"client/granted_scopes/get">> {
  const { clientId } = await findStoredClient(context, request.clientId);
  const subject = requiredSubject(request.subject);
  const granted = await context.store.read.findGrantedScopes(context.serviceId, clientId, subject);
  return {
    ...(granted
      ? result("A139002", "The subject has granted these scopes.")
      : result("A139001", "The subject has granted nothing.")),
    serviceApiKey: Number(context.serviceId),
    clientId,
    subject,
    ...(granted && {
      latestGrantedScopes: granted.latest,
      mergedGrantedScopes: granted.merged,
      modifiedAt: granted.modifiedAt,
    }),
  };
}

/** `client/granted_scopes/delete`: forgets what an end-user has granted to a client. Tokens stay as they are. */
export async function deleteGrantedScopes(
  context: EngineContext,
  request: Partial<Request<"client/granted_scopes/delete">>,
): Promise<Response<"client/granted_scopes/delete">> {
  const { clientId } = await findStoredClient(context, request.clientId);
  const subject = requiredSubject(request.subject);
  const isForgotten = await context.store.write((writer) =>
    writer.deleteGrantedScopes(context.serviceId, clientId, subject),
  );
  return isForgotten
    ? result("A140002", "What the subject has granted to the client is forgotten.")
    : result("A140001", "The subject has granted nothing.");
}
