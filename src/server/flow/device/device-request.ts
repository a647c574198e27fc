import type { DeviceVerificationResponse } from "../../authlete/messages/device-verification.ts";
import { visibleText } from "../../oauth/visible-text.ts";
import { describeDetails } from "../authorization/describe-request.ts";
import type { ShownRequest } from "../authorization/request-document.ts";

/** What a device asks for, as a person is told. */
export type DeviceRequest = Pick<
  ShownRequest,
  "scopes" | "dynamicScopes" | "namedClaims" | "resources" | "details"
> & {
  client: { id: string; name: string };
  /** Milliseconds since the epoch. */
  expiresAt: number | undefined;
};

type Valid = Extract<DeviceVerificationResponse, { action: "VALID" }>;

/** What the engine says of a user code that is in force, as far as a decision needs it. */
export function describeDevice(request: Valid): DeviceRequest {
  const { clientId, clientName, scopes = [], dynamicScopes = [] } = request;
  return {
    client: { id: String(clientId ?? ""), name: visibleText(clientName ?? String(clientId ?? "")) },
    scopes: scopes.flatMap(({ name, description, descriptions }) =>
      name === undefined
        ? []
        : [{ name, ...(description ? { description } : {}), ...(descriptions ? { descriptions } : {}) }],
    ),
    dynamicScopes: dynamicScopes.flatMap(({ value }) => value ?? []),
    namedClaims: request.claimNames ?? [],
    resources: request.resources ?? [],
    details: describeDetails(request.authorizationDetails),
    expiresAt: request.expiresAt,
  };
}
