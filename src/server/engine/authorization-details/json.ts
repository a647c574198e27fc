import type { AuthorizationDetails } from "../../authlete/members.ts";
import { readJsonObject } from "../json-object.ts";
import { setOwnMember } from "../own-member.ts";

/** Authorization details as they stand in JSON documents for clients and resource servers (RFC 9396 2, 7, 9). */
export function authorizationDetailsJson({ elements }: AuthorizationDetails): Record<string, unknown>[] {
  return (elements ?? []).map(
    ({ type, locations, actions, dataTypes, identifier, privileges, otherFields }) => {
      const element: Record<string, unknown> = {
        type,
        ...(locations ? { locations } : {}),
        ...(actions ? { actions } : {}),
        ...(dataTypes ? { datatypes: dataTypes } : {}),
        ...(identifier ? { identifier } : {}),
        ...(privileges ? { privileges } : {}),
      };
      for (const [name, value] of Object.entries((otherFields && readJsonObject(otherFields)) || {})) {
        if (!commonFields.has(name)) setOwnMember(element, name, value);
      }
      return element;
    },
  );
}

/** RFC 9396 2.2. Fields of these names are never among the others. */
const commonFields: ReadonlySet<string> = new Set([
  "type",
  "locations",
  "actions",
  "datatypes",
  "identifier",
  "privileges",
]);
