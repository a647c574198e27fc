import type { AuthorizationDetails } from "../../authlete/members.ts";
import { narrowedAuthorizationDetails } from "../authorization-details/narrowed.ts";
import { readAuthorizationDetails } from "../authorization-details/read.ts";
import { type Form, optionalParameter } from "../form.ts";
import { narrowedResources, readResources } from "./resources.ts";

/** What an access token is for, and what the token request named of it. */
export type Narrowing = {
  /** The values of `resource` as they were given. */
  requestedResources: string[];
  resources: string[];
  /** `undefined` when the request does not speak of them: then they are those of the grant. */
  authorizationDetails: AuthorizationDetails | undefined;
};

/** Reads what a client wants one access token to be for, out of a grant that may be for more (RFC 8707 2.2, RFC 9396 6). */
export function readNarrowing(
  form: Form,
  granted: { resources: readonly string[]; authorizationDetails?: AuthorizationDetails | undefined },
): Narrowing {
  const requestedResources = readResources(form);
  const details = optionalParameter(form, "authorization_details", "A249307");
  return {
    requestedResources,
    resources: narrowedResources(granted.resources, requestedResources),
    authorizationDetails:
      details === undefined
        ? undefined
        : narrowedAuthorizationDetails(granted.authorizationDetails, readAuthorizationDetails(details)),
  };
}
