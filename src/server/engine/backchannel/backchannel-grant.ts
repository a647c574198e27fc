import type { GrantManagement } from "../authorization/parameters/grant-management.ts";
import type { DecisionOutcome } from "../device/device-grant.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import type { Confirmation } from "../records.ts";

/**
 * A backchannel authentication request (CIBA Core 7) and what became of it. Hint, binding message and user code are for the
 * caller alone: it gets them at once, and nothing is kept of them.
 */
export type BackchannelGrant = {
  clientId: number;
  clientIdAliasUsed: boolean;
  scopes: string[];
  resources: string[];
  authorizationDetails?: AuthorizedGrant["authorizationDetails"];
  acrs?: string[];
  claimNames?: string[];
  deliveryMode: "POLL" | "PING" | "PUSH";
  /** What tokens that are pushed are bound to: no later request of the client shows it. */
  confirmation?: Confirmation;
  /** The client's bearer token for notifications, and its `auth_req_id`: readable only with the ticket. */
  sealedNotificationToken?: string;
  sealedAuthReqId?: string;
  /** Seconds, as the client asked for it. */
  requestedExpiry?: number;
  /** Whether `issue` gave the client its `auth_req_id`. */
  issued: boolean;
  /** What the request wants to do to a grant that the client can refer to later. */
  grantManagement?: GrantManagement;
  /** Milliseconds since the epoch; a poll before this moment is too fast. */
  nextPollAt: number;
  /** Seconds. */
  interval: number;
  outcome?: DecisionOutcome;
};
