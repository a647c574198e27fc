import type { AuthorizationDetails } from "../../authlete/members.ts";
import { givenNonEmptyText } from "../given.ts";
import { isJsonObject, readJsonObject } from "../json-object.ts";

type Element = NonNullable<AuthorizationDetails["elements"]>[number];

/**
 * The authorization details that a caller grants: those asked for unless it names others, in the form of the API. What has no type, or
 * is no text where a text belongs, is left out: less is granted then, never more.
 */
export function decidedAuthorizationDetails(
  decided: unknown,
  asked: AuthorizationDetails | undefined,
): AuthorizationDetails | undefined {
  if (!isJsonObject(decided) || !Array.isArray(decided.elements)) return asked;
  return { elements: decided.elements.flatMap(elementOf) };
}

function elementOf(value: unknown): Element[] {
  if (!isJsonObject(value)) return [];
  const type = givenNonEmptyText(value.type);
  if (type === undefined) return [];
  const identifier = givenNonEmptyText(value.identifier);
  const otherFields = givenNonEmptyText(value.otherFields);
  return [
    {
      type,
      ...listMember("locations", value.locations),
      ...listMember("actions", value.actions),
      ...listMember("dataTypes", value.dataTypes),
      ...(identifier === undefined ? {} : { identifier }),
      ...listMember("privileges", value.privileges),
      ...(otherFields !== undefined && readJsonObject(otherFields) ? { otherFields } : {}),
    },
  ];
}

/** A list restricts: one with something else in it must not become none, which would restrict nothing. */
function listMember(name: "locations" | "actions" | "dataTypes" | "privileges", value: unknown) {
  return Array.isArray(value) ? { [name]: value.filter((entry) => typeof entry === "string") } : {};
}
