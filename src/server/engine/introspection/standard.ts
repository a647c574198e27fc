import type { Request, Response } from "../../authlete/operations.ts";
import { wantsJwt } from "../../oauth/introspection-accept.ts";
import { findByHint } from "../access-token/find-by-hint.ts";
import type { EngineContext } from "../context.ts";
import { type Form, parseForm, requiredParameter } from "../form.ts";
import { givenNonEmptyText } from "../given.ts";
import { refuse, result } from "../refusal.ts";
import { introspected } from "./active-token.ts";
import { introspectionJwt } from "./jwt-answer.ts";

type Call = Partial<Request<"auth/introspection/standard">>;

/**
 * `auth/introspection/standard`: what a resource server may know of a token (RFC 7662), as JSON or as a JWT (RFC 9701). Who
 * asks is the caller's to find out.
 */
export async function introspectStandard(
  context: EngineContext,
  request: Call,
): Promise<Response<"auth/introspection/standard">> {
  const form = readIntrospectionParameters(request.parameters);
  const presented = requiredParameter(form, "token", ["A145302", "A145302", "A902302"]);
  const rsUri = givenNonEmptyText(request.rsUri);
  const isJwt = wantsJwt(givenNonEmptyText(request.httpAcceptHeader));
  if (isJwt && rsUri === undefined) return refuse("A404301");

  const introspection = introspected(context, await findToken(context, form, presented), {
    rsUri,
    withHiddenProperties: request.withHiddenProperties === true,
  });
  const told = result("A145001", "The answer tells whether the token is active.");
  return isJwt && rsUri !== undefined
    ? {
        ...told,
        action: "JWT",
        responseContent: await introspectionJwt(context, request, { rsUri, introspection }),
      }
    : { ...told, action: "OK", responseContent: JSON.stringify(introspection) };
}

function readIntrospectionParameters(parameters: unknown): Form {
  if (parameters === undefined || parameters === null) return refuse("A145201");
  if (typeof parameters !== "string") return refuse("A145202");
  return parameters.trim() === "" ? refuse("A145301") : parseForm(parameters);
}

async function findToken(context: EngineContext, form: Form, presented: string) {
  const found = await findByHint(context, presented, form.get("token_type_hint")?.[0]);
  if (!found) return undefined;
  const client = await context.store.read.findClient(context.serviceId, String(found.token.clientId));
  return { ...found, client };
}
