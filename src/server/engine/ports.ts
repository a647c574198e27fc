import type { Client } from "../authlete/client.ts";
import type { Service } from "../authlete/service.ts";
import type { Artifact, ArtifactKind } from "./artifacts.ts";
import type {
  AccessToken,
  GrantedScopes,
  ManagedGrant,
  SigningKey,
  SpentRefreshToken,
  TokenTicket,
} from "./records.ts";

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** `bytes` bytes from a cryptographically secure generator. */
export type Random = (bytes: number) => Uint8Array;

/**
 * What the engine keeps. `read` sees only what is committed. `write` runs its work in one transaction: when
 * the work resolves, everything it wrote is durable together; when it rejects, nothing of it happened.
 */
export interface EngineStore {
  readonly read: EngineReader;
  write<Result>(work: (transaction: EngineWriter) => Promise<Result>): Promise<Result>;
}

/** All look-ups give `undefined` for what is absent. Expired rows are returned: judging them is a rule. */
export interface EngineReader {
  /** The service with the private keys in `jwks`. */
  findService(serviceId: string): Promise<Service | undefined>;
  /** By number or, failing that, by alias. The secret is included. */
  findClient(serviceId: string, identifier: string): Promise<Client | undefined>;
  findTicket(ticketHash: string): Promise<TokenTicket | undefined>;
  findByAccessToken(serviceId: string, accessTokenHash: string): Promise<AccessToken | undefined>;
  findByRefreshToken(serviceId: string, refreshTokenHash: string): Promise<AccessToken | undefined>;
  findSpentRefreshToken(serviceId: string, refreshTokenHash: string): Promise<SpentRefreshToken | undefined>;
  findToken(serviceId: string, tokenId: string): Promise<AccessToken | undefined>;
  /** Tokens of a client, of a subject, of both, or all; the oldest first. */
  listTokens(serviceId: string, filter: TokenFilter, page: Page): Promise<AccessToken[]>;
  countTokens(serviceId: string, filter: TokenFilter): Promise<number>;
  /** Clients in the order of their numbers. */
  listClients(serviceId: string, filter: ClientFilter, page: Page): Promise<Client[]>;
  countClients(serviceId: string, filter: ClientFilter): Promise<number>;
  /** An artifact, spent or not, expired or not. */
  findArtifact<Kind extends ArtifactKind>(kind: Kind, keyHash: string): Promise<Artifact<Kind> | undefined>;
  findArtifactByAlias<Kind extends ArtifactKind>(
    kind: Kind,
    aliasHash: string,
  ): Promise<Artifact<Kind> | undefined>;
  findGrantedScopes(serviceId: string, clientId: number, subject: string): Promise<GrantedScopes | undefined>;
  findGrant(serviceId: string, grantId: string): Promise<ManagedGrant | undefined>;
  /** The signing keys that rotation takes care of. */
  listSigningKeys(serviceId: string): Promise<SigningKey[]>;
}

/** Which tokens: those of a client, of a subject, of a session or of a grant. Members that are absent do not matter. */
export type TokenFilter = {
  clientId?: number | undefined;
  subject?: string | undefined;
  sessionId?: string | undefined;
  grantId?: string | undefined;
};

/** Which clients: those of a developer, and those that hold tokens of a subject. */
export type ClientFilter = { developer?: string | undefined; subject?: string | undefined };

/** A part of a list: how many entries to leave out, and how many to give at most. */
export type Page = { offset: number; limit: number };

export interface EngineWriter extends EngineReader {
  insertTicket(ticket: TokenTicket): Promise<void>;
  /**
   * Spends a ticket, and tells whether this call did: of any number of concurrent calls with one ticket
   * exactly one gets `true`. The rest of the same transaction decides whether the spending lasts.
   */
  consumeTicket(ticketHash: string): Promise<boolean>;
  /** Tells `false`, and writes nothing, when the value of the access or refresh token exists already. */
  insertToken(token: AccessToken): Promise<boolean>;
  /**
   * Replaces the token row `token.id` if its refresh token is still `refreshTokenHash`, and tells whether it
   * was: of any number of concurrent refreshes with one refresh token exactly one gets `true`.
   */
  replaceToken(refreshTokenHash: string, token: AccessToken): Promise<boolean>;
  /** Remembers a refresh token that rotation has ended, until it would have expired. */
  insertSpentRefreshToken(spent: SpentRefreshToken): Promise<void>;
  /** Removes an access token and its refresh token; tells whether they were there. */
  deleteToken(serviceId: string, tokenId: string): Promise<boolean>;
  /** Removes every token that `client` holds for `subject`; gives the number removed. */
  deleteTokensOf(serviceId: string, clientId: number, subject: string): Promise<number>;
  /** Removes every token that fits; gives the number removed. An empty filter fits none. */
  deleteTokens(serviceId: string, filter: TokenFilter): Promise<number>;
  /** Replaces the row `token.id` if its access token is still `accessTokenHash`, and tells whether it was. */
  updateToken(accessTokenHash: string, token: AccessToken): Promise<boolean>;
  /** Tells `false`, and writes nothing, when there is one of this kind and key, or kind and alias, already. */
  insertArtifact(artifact: Artifact): Promise<boolean>;
  /**
   * Spends an artifact, and tells whether this call did: of any number of concurrent calls exactly one gets `true`. It stays
   * readable, as spent, until it expires. The rest of the same transaction decides whether the spending lasts.
   *
   * @param spentAt milliseconds since the epoch.
   */
  consumeArtifact(kind: ArtifactKind, keyHash: string, spentAt: number): Promise<boolean>;
  /** Replaces document, alias and expiry if nobody has changed or spent it since `artifact.revision`, and tells whether it did. */
  updateArtifact(artifact: Artifact): Promise<boolean>;
  /** Tells `false`, and writes nothing, when the number or the alias is taken. */
  insertClient(serviceId: string, client: Client): Promise<boolean>;
  /** Replaces a client; tells whether it was there. The alias must not be another client's. */
  replaceClient(serviceId: string, client: Client): Promise<boolean>;
  /** Removes a client with its tokens and everything else that is its own; tells whether it was there. */
  deleteClient(serviceId: string, clientId: number): Promise<boolean>;
  /** The service, for a change of it: nobody else changes it before this transaction ends. */
  lockService(serviceId: string): Promise<Service | undefined>;
  /** Replaces the service; tells whether it was there. */
  replaceService(serviceId: string, service: Service): Promise<boolean>;
  upsertGrantedScopes(granted: GrantedScopes): Promise<void>;
  deleteGrantedScopes(serviceId: string, clientId: number, subject: string): Promise<boolean>;
  upsertGrant(grant: ManagedGrant): Promise<void>;
  deleteGrant(serviceId: string, grantId: string): Promise<boolean>;
  /** Tells `false`, and writes nothing, when there is a key of this algorithm and generation already. */
  insertSigningKey(key: SigningKey): Promise<boolean>;
  deleteSigningKey(key: SigningKey): Promise<void>;
  /** Whether an access token that was made before a moment is alive (milliseconds since the epoch). */
  hasLiveTokens(serviceId: string, times: { createdBefore: number; now: number }): Promise<boolean>;
}
