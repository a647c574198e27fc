import type { Client } from "../../authlete/client.ts";
import type { AuthorizationDetails } from "../../authlete/members.ts";
import type { AuthorizationResponse } from "../../authlete/messages/authorization.ts";
import type { FormBody } from "../../oauth/form-body.ts";
import { visibleText } from "../../oauth/visible-text.ts";
import { webAddress } from "../web-address.ts";
import { isAssuredClient } from "./client-identity.ts";
import type { RequestDocument } from "./request-document.ts";

type TaggedValue = { tag?: string | undefined; value?: string | undefined };

/** An authorization request that the engine found good. */
export type GoodRequest = Extract<AuthorizationResponse, { action: "INTERACTION" | "NO_INTERACTION" }>;

/**
 * Puts together what a decision needs to know of a request.
 *
 * @param facts.form the request as the browser sent it: only there `max_age=0` can be seen.
 * @param facts.client the whole client; the answer of the engine has a limited view of it.
 * @param facts.now milliseconds since the epoch.
 */
export function describeRequest(
  request: GoodRequest,
  { form, client, now }: { form: FormBody; client: Client | undefined; now: number },
): RequestDocument {
  const { scopes = [], dynamicScopes = [], claims = [], claimsAtUserInfo = [] } = request;
  return {
    ticket: request.ticket,
    client: describeClient(request.client ?? {}, client),
    scopes: scopes.flatMap(({ name, description, descriptions }) =>
      name === undefined
        ? []
        : [{ name, ...(description ? { description } : {}), ...(descriptions ? { descriptions } : {}) }],
    ),
    dynamicScopes: dynamicScopes.flatMap(({ value }) => value ?? []),
    idTokenClaims: claims,
    userInfoClaims: claimsAtUserInfo,
    namedClaims: [...new Set([...namesIn(request.idTokenClaims), ...namesIn(request.userInfoClaims)])],
    details: describeDetails(request.authorizationDetails),
    resources: request.resources ?? [],
    prompts: request.prompts ?? [],
    ...ifKnown("maxAge", maxAgeOf(request, form)),
    ...ifKnown("subject", request.subject),
    acrs: request.acrs ?? [],
    acrEssential: request.acrEssential ?? false,
    ...ifKnown("loginHint", request.loginHint),
    uiLocales: request.uiLocales ?? [],
    ...ifKnown("purpose", visibleIfAny(request.purpose)),
    changesGrant: request.gmAction !== undefined,
    silent: request.action === "NO_INTERACTION",
    ...ifKnown(
      "accessSeconds",
      least(request.service?.accessTokenDuration, client?.extension?.accessTokenDuration),
    ),
    ...(client?.grantTypes?.includes("REFRESH_TOKEN")
      ? ifKnown(
          "renewalSeconds",
          least(request.service?.refreshTokenDuration, client.extension?.refreshTokenDuration),
        )
      : {}),
    createdAt: now,
  };
}

/** Who asks, as a person is told. */
export function describeClient(shown: NonNullable<GoodRequest["client"]>, client: Client | undefined) {
  const { clientId, clientName, logoUri, policyUri, tosUri } = shown;
  return {
    id: String(clientId ?? client?.clientId ?? ""),
    name: visibleText(clientName ?? String(clientId ?? "")),
    ...ifKnown("home", webAddress(client?.clientUri)),
    ...ifKnown("logo", webAddress(logoUri)),
    ...ifKnown("policy", webAddress(policyUri)),
    ...ifKnown("terms", webAddress(tosUri)),
    ...ifKnown("localised", localised(shown, client)),
    assured: client !== undefined && isAssuredClient(client),
  };
}

function localised(
  { clientNames, logoUris, policyUris, tosUris }: NonNullable<GoodRequest["client"]>,
  client: Client | undefined,
): RequestDocument["client"]["localised"] {
  const members = {
    ...ifKnown("name", clientNames?.map(visibleName)),
    ...ifKnown("home", webAddresses(client?.clientUris)),
    ...ifKnown("logo", webAddresses(logoUris)),
    ...ifKnown("policy", webAddresses(policyUris)),
    ...ifKnown("terms", webAddresses(tosUris)),
  };
  return Object.keys(members).length > 0 ? members : undefined;
}

function webAddresses(uris: TaggedValue[] | undefined): TaggedValue[] | undefined {
  return uris?.map(({ tag, value }) => ({ tag, value: webAddress(value) }));
}

function visibleName({ tag, value }: TaggedValue): TaggedValue {
  return { tag, value: visibleIfAny(value) };
}

/** Authorization details as a person is shown them: every text of them as it is read. */
export function describeDetails(details: AuthorizationDetails | undefined): RequestDocument["details"] {
  return (details?.elements ?? []).map((element) => ({
    type: visibleText(element.type),
    ...ifKnown("locations", element.locations?.map(visibleText)),
    ...ifKnown("actions", element.actions?.map(visibleText)),
    ...ifKnown("dataTypes", element.dataTypes?.map(visibleText)),
    ...ifKnown("identifier", visibleIfAny(element.identifier)),
    ...ifKnown("privileges", element.privileges?.map(visibleText)),
    ...ifKnown("otherFields", element.otherFields?.replace(JSON_TEXT, visibleLiteral)),
  }));
}

const JSON_TEXT = /"(?:[^"\\]|\\.)*"/g;

/** A text in JSON, the name of a member or a value, as it is read. */
function visibleLiteral(literal: string): string {
  try {
    return JSON.stringify(visibleText(JSON.parse(literal) as string));
  } catch {
    return visibleText(literal);
  }
}

function visibleIfAny(text: string | undefined): string | undefined {
  return text === undefined ? undefined : visibleText(text);
}

/** The API says 0 for "no limit" and for `max_age=0` alike, so the request itself is asked (OIDC Core 3.1.2.1). */
function maxAgeOf(request: GoodRequest, form: FormBody): number | undefined {
  if (request.maxAge) return request.maxAge;
  const { max_age: signed } = parsedObject(request.requestObjectPayload);
  const asked = request.requestObjectPayload === undefined ? form.parameters.get("max_age") : signed;
  return asked !== undefined && asked !== "" && Number(asked) === 0 ? 0 : undefined;
}

function namesIn(claims: string | undefined): string[] {
  return Object.keys(parsedObject(claims));
}

function parsedObject(json: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function least(...seconds: (number | undefined)[]): number | undefined {
  const given = seconds.filter((value) => value !== undefined && value > 0) as number[];
  return given.length > 0 ? Math.min(...given) : undefined;
}

function ifKnown<Name extends string, Value>(name: Name, value: Value | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
}
