import type { DecisionOutcome } from "../device/device-grant.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";

/** A backchannel authentication request (CIBA Core 7) and what became of it. */
export type BackchannelGrant = {
  clientId: number;
  clientIdAliasUsed: boolean;
  scopes: string[];
  resources: string[];
  authorizationDetails?: AuthorizedGrant["authorizationDetails"];
  acrs?: string[];
  claimNames?: string[];
  deliveryMode: "POLL" | "PING" | "PUSH";
  clientNotificationToken?: string;
  hintType?: "LOGIN_HINT_TOKEN" | "ID_TOKEN_HINT" | "LOGIN_HINT";
  hint?: string;
  bindingMessage?: string;
  userCode?: string;
  /** JSON text. */
  requestContext?: string;
  /** Seconds, as the client asked for it. */
  requestedExpiry?: number;
  /** Whether `issue` gave the client its `auth_req_id`. */
  issued: boolean;
  /** Milliseconds since the epoch; a poll before this moment is too fast. */
  nextPollAt: number;
  /** Seconds. */
  interval: number;
  outcome?: DecisionOutcome;
};
