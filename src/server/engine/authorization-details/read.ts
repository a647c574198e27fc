import { withoutNulls } from "../../authlete/absent.ts";
import type { AuthorizationDetails } from "../../authlete/members.ts";
import { isJsonObject } from "../json-object.ts";
import { refuse } from "../refusal.ts";

type Element = NonNullable<AuthorizationDetails["elements"]>[number];

/**
 * Reads the parameter `authorization_details` (RFC 9396 2): a JSON list of objects, each with a type. Whether anybody
 * supports the types is another rule.
 */
export function readAuthorizationDetails(text: string): AuthorizationDetails {
  const list = parsed(text);
  if (!Array.isArray(list)) return refuse("A249305");
  return { elements: list.map(readElement) };
}

/** `null` says as little as nothing, and nothing useful is nested deeper than the API's own messages. */
function parsed(text: string): unknown {
  try {
    return withoutNulls(JSON.parse(text));
  } catch {
    return refuse("A249304");
  }
}

function readElement(value: unknown): Element {
  if (!isJsonObject(value)) return refuse("A249306");
  const { type, locations, actions, datatypes, identifier, privileges, ...others } = value;
  if (typeof type !== "string" || type === "") return refuse("A249301");
  return {
    type,
    ...texts("locations", locations),
    ...texts("actions", actions),
    ...texts("dataTypes", datatypes),
    ...(identifier === undefined ? {} : { identifier: text(identifier) }),
    ...texts("privileges", privileges),
    ...(Object.keys(others).length > 0 ? { otherFields: JSON.stringify(others) } : {}),
  };
}

function texts(name: keyof Element, value: unknown): Partial<Element> {
  if (value === undefined) return {};
  if (!Array.isArray(value)) return refuse("A249306");
  return { [name]: value.map(text) };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : refuse("A249306");
}
