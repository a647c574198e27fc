import type { Client } from "../../../authlete/client.ts";
import type { ResponseType } from "../../../authlete/enumerations.ts";
import type { Service } from "../../../authlete/service.ts";
import { givenTexts } from "../../given.ts";
import { refuse } from "../../refusal.ts";
import { givenParameter, type RequestParameters } from "../request-parameters.ts";
import { contentsOf } from "../response/response-type.ts";
import { checkNativeRedirection } from "./redirect-uri-application-type.ts";

/** Where the answer goes, and whether the request named it. */
export type Redirection = { redirectUri: string; redirectUriGiven: boolean };

/** Whose redirection URIs count, and for what. */
type Registration = { service: Service; client: Client; responseType: ResponseType };

/**
 * `redirect_uri` (RFC 6749 3.1.2): one that the client has registered, character by character (RFC 9700 2.1). It may be
 * left out where one is registered and the request is no authentication (OIDC Core 3.1.2.1).
 */
export function readRedirectUri(
  parameters: RequestParameters,
  { service, client, responseType }: Registration,
): Redirection {
  const given = givenParameter(parameters, "redirect_uri", ["A011301", "A011302"]);
  if (given === "") refuse("A011319");
  const registered = givenTexts(client.redirectUris);
  if (registered.length === 0) refuseWithoutRegistration(client, responseType);
  const isAuthentication = asksForOpenid(parameters);
  const redirectUri = given ?? onlyOne(registered, isAuthentication);
  checkForm(redirectUri);
  if (!isRegistered(service, client, redirectUri)) refuse(isAuthentication ? "A011304" : "A011317");
  checkNativeRedirection(client, redirectUri);
  return { redirectUri, redirectUriGiven: given !== undefined };
}

/** RFC 6749 3.1.2.2 would let a confidential client get a code anywhere; RFC 9700 2.1 forbids that. */
function refuseWithoutRegistration({ clientType }: Client, responseType: ResponseType): never {
  if (clientType === "PUBLIC") refuse("A011310");
  refuse(contentsOf(responseType).frontChannelTokens ? "A011311" : "A011309");
}

function onlyOne(registered: readonly string[], isAuthentication: boolean): string {
  if (isAuthentication) refuse("A011303");
  const [redirectUri] = registered;
  return registered.length === 1 && redirectUri !== undefined ? redirectUri : refuse("A011313");
}

/** A rule of its own judges the scopes; here it only counts whether the request wants to be an authentication. */
function asksForOpenid({ form }: RequestParameters): boolean {
  return form.get("scope")?.some((scope) => scope.split(" ").includes("openid")) ?? false;
}

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Schemes that do not lead to a client but run in the page that leads there. */
const NOWHERE = /^(javascript|data|vbscript|blob|about|file|view-source):/i;

/** An absolute URI without a fragment, in the characters of a URI (RFC 6749 3.1.2, RFC 3986 2). */
function checkForm(redirectUri: string): void {
  if (!/^[\x21-\x7e]+$/.test(redirectUri)) refuse("A011314");
  if (!ABSOLUTE.test(redirectUri)) refuse("A011315");
  if (NOWHERE.test(redirectUri) || !URL.canParse(redirectUri)) refuse("A011314");
  if (redirectUri.includes("#")) refuse("A011316");
}

/** Whether a client has registered a redirection URI. */
export function isRegistered(service: Service, client: Client, redirectUri: string): boolean {
  const registered = givenTexts(client.redirectUris);
  if (registered.includes(redirectUri)) return true;
  if (!service.loopbackRedirectionUriVariable || client.applicationType !== "NATIVE") return false;
  const portless = withoutLoopbackPort(redirectUri);
  return portless !== undefined && registered.some((uri) => withoutLoopbackPort(uri) === portless);
}

const LOOPBACK = /^(https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::\d{1,5})?(?=[/?]|$)/i;

/** A native application takes whatever port is free on the user's device (RFC 8252 7.3). The API counts the host name as loopback too. */
function withoutLoopbackPort(uri: string): string | undefined {
  return LOOPBACK.test(uri) ? uri.replace(LOOPBACK, "$1") : undefined;
}
