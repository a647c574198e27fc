import type { AuthorizationCode, AuthorizationTicket } from "./authorization/authorization-request.ts";
import type { BackchannelGrant } from "./backchannel/backchannel-grant.ts";
import type { DeviceGrant } from "./device/device-grant.ts";
import type { PushedRequest } from "./pushed-authorization/pushed-request.ts";

/**
 * What stands between two calls and is used once: tickets, codes, pushed requests. Their values give power, so they are
 * stored as `hashOf` them.
 */
export type ArtifactDocuments = {
  authorization_ticket: AuthorizationTicket;
  authorization_code: AuthorizationCode;
  pushed_request: PushedRequest;
  /** Keyed by the device code; `aliasHash` is of the user code. */
  device_code: DeviceGrant;
  /** Keyed by the ticket; `aliasHash` is of the `auth_req_id`. */
  backchannel_ticket: BackchannelGrant;
  /** A `jti` that was presented (RFC 7523 3, RFC 9449 11.1). */
  used_jti: Record<never, never>;
};

export type ArtifactKind = keyof ArtifactDocuments;

/** A stored artifact. Timestamps are milliseconds since the epoch. */
export type Artifact<Kind extends ArtifactKind = ArtifactKind> = {
  kind: Kind;
  keyHash: string;
  /** A second value that leads to the same artifact. */
  aliasHash: string | undefined;
  serviceId: string;
  clientId: number | undefined;
  document: ArtifactDocuments[Kind];
  /** Goes up with every change: whoever changes an artifact names the one it has seen. */
  revision: number;
  /** When it was used. A used artifact is kept until it expires, so that a second use is told from a first one. */
  spentAt: number | undefined;
  createdAt: number;
  expiresAt: number;
};
