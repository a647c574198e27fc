import type { IdentifiedClient } from "../client-authentication/credentials.ts";
import type { EngineContext } from "../context.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import type { RequestParameters } from "./request-parameters.ts";

/** What the rules before found out: at first where the answer goes, at last the whole request. */
export type KnownRequest = Pick<
  AuthorizationRequest,
  | "clientId"
  | "clientIdAliasUsed"
  | "responseType"
  | "responseMode"
  | "redirectUri"
  | "redirectUriGiven"
  | "scopes"
  | "resources"
> &
  Partial<AuthorizationRequest>;

/** What a rule works with. */
export type Examination = IdentifiedClient & {
  context: EngineContext;
  parameters: RequestParameters;
  known: KnownRequest;
};

/**
 * One rule of authorization requests. It refuses, or gives the members of the request that it is about.
 */
export type Rule = (
  examination: Examination,
) => Partial<AuthorizationRequest> | Promise<Partial<AuthorizationRequest>>;
