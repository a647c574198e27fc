import type { AddressLimit } from "../account/address-limit.ts";
import type { AttemptLimit } from "../account/attempt-limit.ts";
import type { AccountDirectory } from "../account/directory.ts";
import type { Authlete } from "../authlete/operations.ts";
import type { Log } from "../log.ts";
import type { Keyring } from "../secret/keyring.ts";
import type { BackchannelStore } from "../session/backchannel-store.ts";
import type { DeviceRequesterStore } from "../session/device-requester-store.ts";
import type { InteractionStore } from "../session/interaction-store.ts";
import type { SendNotices } from "../session/logout-notices.ts";
import type { Clock, NonceStore, Random, SessionStore, TransactionStore } from "../session/ports.ts";
import type { SessionClientStore } from "../session/session-client-store.ts";
import type { SelfService } from "./account/self-service.ts";
import type { NotifyClient } from "./backchannel/notify.ts";
import type { AssertionVerifier } from "./jwt-bearer.ts";
import type { SecondFactors } from "./second-factor/second-factors.ts";

/** What the use cases work with. `services.ts` puts it together; a test may put together its own. */
export type FlowPorts = {
  /** The engine: embedded or the cloud, the use cases cannot tell. */
  authlete: Authlete;
  accounts: AccountDirectory;
  /** What people do with their accounts by themselves; absent where that is somebody else's. */
  selfService?: SelfService | undefined;
  /** What people prove beside their password; absent where nobody can. */
  secondFactors?: SecondFactors | undefined;
  /** Counts tries to sign in. */
  attempts: AttemptLimit;
  /** Counts registrations of clients by whoever it may be. */
  registrations: AddressLimit;
  transactions: TransactionStore;
  sessions: SessionStore;
  /** Authorization requests that wait for a person. */
  interactions: InteractionStore;
  /** Which clients know of which session. */
  sessionClients: SessionClientStore;
  /** Tells clients over the back channel that a session ended. */
  sendLogoutNotices: SendNotices;
  /** Requests of clients that wait for a person on another device. */
  backchannelRequests: BackchannelStore;
  /** Tells a client over the back channel what became of its request. */
  notifyClient: NotifyClient;
  /** Where devices asked for their codes from. */
  deviceRequesters: DeviceRequesterStore;
  nonces: NonceStore;
  /** Judges assertions of the issuers that the operator trusts. */
  assertions: AssertionVerifier;
  /** Seals tickets and tokens for storage, and forms against forgery. */
  keyring: Keyring;
  clock: Clock;
  random: Random;
  log: Log;
  settings: {
    /** The client that Ticketgate itself is at the engine: the one for first-party sign-in. */
    client: { id: string; secret: string; scopes: readonly string[] };
    /** Whether other people rely on this server: what only development allows is refused. */
    production: boolean;
    /** Scheme, host and port as everybody knows them. */
    origin: string;
    /** Where the proxy in front says who calls; in small letters. */
    addressHeader: string | undefined;
    /** Where the proxy in front puts the client's certificate; in small letters. */
    certificateHeader: string | undefined;
    /** Who may register clients, and the initial access token that lets them. */
    registration: { access: "off" | "token" | "open"; token: string | undefined };
    /** Client ids that may use the password grant at the public token endpoint. */
    passwordGrantClients: ReadonlySet<string>;
    /** Ids of clients that registered themselves and may ask people over CIBA all the same. */
    backchannelClients: ReadonlySet<string>;
    /** Durations in milliseconds. */
    session: { idleMs: number; absoluteMs: number; transactionMs: number };
    /** Client ids of our own applications: nobody is asked whether they may have what they ask for. */
    firstPartyClients: ReadonlySet<string>;
    /** How long a person has for an authorization request, in milliseconds. */
    interactionMs: number;
  };
};
