import type { TokenType } from "../../authlete/enumerations.ts";
import type { Service } from "../../authlete/service.ts";
import { type Form, optionalParameter, requiredParameter } from "../form.ts";
import { refuse } from "../refusal.ts";
import { readResources } from "../token/resources.ts";
import { scopeNames } from "../token/scopes.ts";
import { actorTokenType, registeredTokenType } from "./token-types.ts";

/** A token that a client wants to exchange, or that says who acts. */
export type InputToken = { value: string; type: TokenType };

/** A token exchange request (RFC 8693 2.1). */
export type TokenExchange = {
  subjectToken: InputToken;
  actorToken: InputToken | undefined;
  requestedTokenType: TokenType | undefined;
  audiences: string[];
  resources: string[];
  /** As they were asked for. */
  scopes: string[];
};

const REPEATED = "A250301";

/** Reads the parameters of a token exchange request. Whether its tokens are good is another matter. */
export function readTokenExchange(service: Service, form: Form): TokenExchange {
  return {
    requestedTokenType: readRequestedTokenType(form),
    subjectToken: readSubjectToken(form),
    actorToken: readActorToken(service, form),
    audiences: (form.get("audience") ?? []).filter((audience) => audience !== ""),
    resources: readResources(form),
    scopes: scopeNames(optionalParameter(form, "scope", REPEATED)),
  };
}

function readRequestedTokenType(form: Form): TokenType | undefined {
  const identifier = optionalParameter(form, "requested_token_type", REPEATED);
  if (identifier === undefined) return undefined;
  return registeredTokenType(identifier) ?? refuse("A901307");
}

function readSubjectToken(form: Form): InputToken {
  const value = requiredParameter(form, "subject_token", ["A250302", "A250302", REPEATED]);
  const identifier = requiredParameter(form, "subject_token_type", ["A250302", "A250302", REPEATED]);
  return { value, type: registeredTokenType(identifier) ?? refuse("A901308") };
}

function readActorToken(service: Service, form: Form): InputToken | undefined {
  const value = optionalParameter(form, "actor_token", REPEATED);
  const identifier = optionalParameter(form, "actor_token_type", REPEATED);
  if (value === undefined) return identifier === undefined ? undefined : refuse("A901304");
  if (identifier === undefined) return refuse("A250302");
  return { value, type: actorTokenType(service, identifier) ?? refuse("A901308") };
}
