import type { Client } from "../../../authlete/client.ts";
import type { JwsAlg, ResponseMode, ResponseType } from "../../../authlete/enumerations.ts";
import { givenList } from "../../given.ts";
import { refuse } from "../../refusal.ts";
import { parameter, type RequestParameters } from "../request-parameters.ts";
import { defaultMode, type EffectiveMode, isJwtMode, jwtModeOf } from "../response/response-mode.ts";
import { contentsOf } from "../response/response-type.ts";

const modes: ReadonlyMap<string, ResponseMode> = new Map([
  ["query", "QUERY"],
  ["fragment", "FRAGMENT"],
  ["form_post", "FORM_POST"],
  ["jwt", "JWT"],
  ["query.jwt", "QUERY_JWT"],
  ["fragment.jwt", "FRAGMENT_JWT"],
  ["form_post.jwt", "FORM_POST_JWT"],
]);

/** `response_mode` (OAuth 2.0 Multiple Response Type Encoding Practices 2.1, Form Post Response Mode, JARM 2.3). */
export function readResponseMode(
  parameters: RequestParameters,
  client: Client,
  responseType: ResponseType,
): EffectiveMode {
  const value = parameter(parameters, "response_mode", ["A012301", "A012302"]);
  const named = value === undefined ? undefined : (modes.get(value) ?? refuse("A012303"));
  const mode = named === "JWT" ? jwtModeOf(defaultMode(responseType)) : (named ?? defaultMode(responseType));
  checkDeclared(client, named ?? mode, mode);
  checkSafeForTokens(client, responseType, mode);
  if (isJwtMode(mode)) checkSigned(client);
  return mode;
}

/** A client that declares no response modes may use all. */
function checkDeclared({ responseModes }: Client, ...names: ResponseMode[]): void {
  const declared = givenList(responseModes);
  if (declared && !names.some((name) => declared.includes(name))) refuse("A012310");
}

/** Tokens in a query would stay in logs and histories; an encrypted one is no use there. */
function checkSafeForTokens(client: Client, responseType: ResponseType, mode: EffectiveMode): void {
  if (!contentsOf(responseType).frontChannelTokens) return;
  if (mode === "QUERY") refuse("A012304");
  if (mode === "QUERY_JWT" && !client.authorizationEncryptionAlg) refuse("A012309");
}

const symmetric: readonly JwsAlg[] = ["HS256", "HS384", "HS512"];

/** JARM 3: the algorithm is the client's to choose, and there is no unsigned response. */
function checkSigned({ authorizationSignAlg, clientType }: Client): void {
  if (!authorizationSignAlg) refuse("A012305");
  if (authorizationSignAlg === "NONE") refuse("A012306");
  if (clientType === "PUBLIC" && symmetric.some((alg) => alg === authorizationSignAlg)) refuse("A012307");
}
