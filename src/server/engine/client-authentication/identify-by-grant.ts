import { hashOf } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import { type Form, requiredParameter } from "../form.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import type { IdentifiedClient } from "./credentials.ts";

/**
 * Finds the public client that a code or a refresh token was issued to. A confidential client has to name itself.
 *
 * @param unnamed the refusal for a request that has neither.
 */
export async function identifyByGrant(
  context: EngineContext,
  form: Form,
  unnamed: RefusalCode,
): Promise<IdentifiedClient> {
  switch (form.get("grant_type")?.[0]) {
    case "authorization_code":
      return clientOfCode(context, form);
    case "refresh_token":
      return clientOfRefreshToken(context, form);
    default:
      return refuse(unnamed);
  }
}

async function clientOfCode(context: EngineContext, form: Form): Promise<IdentifiedClient> {
  const code = requiredParameter(form, "code", ["A048315", "A048316", "A050303"]);
  const artifact = await context.store.read.findArtifact("authorization_code", hashOf(code));
  if (artifact?.serviceId !== context.serviceId) return refuse("A048317");
  const { clientId, clientIdAliasUsed } = artifact.document.grant;
  return publicClient(context, { clientId, aliasUsed: clientIdAliasUsed, gone: "A048321" });
}

async function clientOfRefreshToken(context: EngineContext, form: Form): Promise<IdentifiedClient> {
  const refreshToken = requiredParameter(form, "refresh_token", ["A048318", "A048319", "A053303"]);
  const token = await context.store.read.findByRefreshToken(context.serviceId, hashOf(refreshToken));
  if (!token) return refuse("A048320");
  return publicClient(context, {
    clientId: token.clientId,
    aliasUsed: token.clientIdAliasUsed,
    gone: "A048322",
  });
}

async function publicClient(
  context: EngineContext,
  { clientId, aliasUsed, gone }: { clientId: number; aliasUsed: boolean; gone: RefusalCode },
): Promise<IdentifiedClient> {
  const client = await context.store.read.findClient(context.serviceId, String(clientId));
  if (client?.clientId === undefined) return refuse(gone);
  if (client.clientType !== "PUBLIC") refuse("A244305");
  if (client.locked) refuse("A048307");
  return { client, clientId: client.clientId, aliasUsed };
}
