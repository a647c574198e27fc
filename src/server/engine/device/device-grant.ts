import type { GrantManagement } from "../authorization/parameters/grant-management.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";

/** A device authorization request (RFC 8628) and what became of it. */
export type DeviceGrant = {
  clientId: number;
  clientIdAliasUsed: boolean;
  scopes: string[];
  resources: string[];
  /** The `claims`, `acr_values` and authorization details of the request. */
  claimNames?: string[];
  acrs?: string[];
  authorizationDetails?: AuthorizedGrant["authorizationDetails"];
  /** What the request wants to do to a grant that the client can refer to later. */
  grantManagement?: GrantManagement;
  /** Milliseconds since the epoch; a poll before this moment is too fast. */
  nextPollAt: number;
  /** Seconds. */
  interval: number;
  outcome?: DecisionOutcome;
};

/** What the end-user, or the authorization server for them, decided. */
export type DecisionOutcome =
  | { result: "AUTHORIZED"; grant: AuthorizedGrant }
  | { result: "ACCESS_DENIED" | "TRANSACTION_FAILED"; errorDescription?: string; errorUri?: string };
