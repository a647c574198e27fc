/**
 * The tables. Columns keep to what SQLite and PostgreSQL share: text, whole numbers (timestamps are milliseconds since
 * the epoch, booleans 0 or 1) and JSON as text.
 */

export type ServiceRow = {
  service_id: string;
  /** The service as JSON, without the members that are sealed. */
  document: string;
  /** The secret members, sealed. */
  sealed: string;
  /** Changes whenever `document` or `sealed` does. */
  revision: string;
};

export type ClientRow = {
  service_id: string;
  client_id: number;
  alias: string | null;
  developer: string | null;
  document: string;
  sealed: string;
  revision: string;
};

export type TokenTicketRow = {
  ticket_hash: string;
  service_id: string;
  client_id: number;
  client_id_alias: string | null;
  client_id_alias_used: number;
  scopes: string;
  resources: string;
  details: string;
  created_at: number;
  expires_at: number;
};

export type TokenRow = {
  id: string;
  service_id: string;
  access_token_hash: string;
  access_token_expires_at: number;
  access_token_duration: number;
  refresh_token_hash: string | null;
  refresh_token_expires_at: number | null;
  refresh_token_duration: number | null;
  refresh_token_scopes: string | null;
  client_id: number;
  client_id_alias_used: number;
  subject: string | null;
  grant_type: string;
  scopes: string;
  properties: string;
  resources: string;
  access_token_resources: string;
  jwt_at_claims: string | null;
  session_id: string | null;
  grant_id: string | null;
  /** What else is known of the token, as JSON. */
  details: string;
  created_at: number;
  /** When the last of the two tokens expires: from then on the row may be removed. */
  ends_at: number;
};

export type SpentRefreshTokenRow = {
  service_id: string;
  refresh_token_hash: string;
  token_id: string;
  spent_at: number;
  expires_at: number;
  sealed_answer: string | null;
};

export type ArtifactRow = {
  key_hash: string;
  kind: string;
  alias_hash: string | null;
  service_id: string;
  client_id: number | null;
  document: string;
  revision: number;
  spent_at: number | null;
  created_at: number;
  expires_at: number;
};

export type GrantedScopesRow = {
  service_id: string;
  client_id: number;
  subject: string;
  latest: string;
  merged: string;
  modified_at: number;
};

export type GrantRow = {
  service_id: string;
  grant_id: string;
  client_id: number;
  subject: string;
  document: string;
  created_at: number;
  updated_at: number;
};

export type SigningKeyRow = {
  service_id: string;
  alg: string;
  generation: number;
  kid: string;
  sealed: string;
  created_at: number;
  active_at: number;
};

export type TransactionRow = {
  handle_hash: string;
  kind: string;
  owner_hash: string;
  state: string;
  sealed_ticket: string;
  subject: string | null;
  client_id: string;
  /** Names of RFC 8176 with blanks between them. */
  methods: string;
  created_at: number;
  expires_at: number;
};

export type SessionRow = {
  id_hash: string;
  subject: string;
  client_id: string;
  scopes: string;
  sealed_tokens: string;
  token_version: number;
  access_token_expires_at: number;
  authenticated_at: number;
  last_seen_at: number;
  expires_at: number;
  trip: string;
  methods: string;
  /** Until when somebody is refreshing the tokens; 0 when nobody is. */
  refresh_leased_until: number;
};

export type InteractionRow = {
  handle_hash: string;
  owner_hash: string;
  state: string;
  sealed: string;
  chosen_subject: string | null;
  created_at: number;
  usable_until: number;
  expires_at: number;
};

export type SessionClientRow = {
  session_hash: string;
  client_id: string;
  subject: string;
  sid: string;
  created_at: number;
  expires_at: number;
};

export type BackchannelRequestRow = {
  id: string;
  subject: string;
  sealed: string;
  created_at: number;
  expires_at: number;
};

export type DeviceRequesterRow = {
  user_code_hash: string;
  sealed: string;
  created_at: number;
  expires_at: number;
};

export type NonceRow = { nonce_hash: string; expires_at: number };

export type AccountRow = {
  subject: string;
  /** As it is shown. */
  username: string;
  /** As it is compared: `normaliseUsername` of it. */
  username_key: string;
  name: string;
  password_hash: string;
  email: string | null;
  /** As it is compared: `emailKey` of it. */
  email_key: string | null;
  email_verified: number;
  /** The other claims, as JSON. */
  claims: string;
  updated_at: number;
  credentials_changed_at: number;
};

export type AccountTokenRow = {
  token_hash: string;
  purpose: string;
  subject: string | null;
  email: string;
  sealed: string | null;
  created_at: number;
  expires_at: number;
};

export type SecondFactorRow = {
  subject: string;
  id: string;
  /** The secret of the authenticator app, sealed. */
  sealed: string;
  last_step: number;
  enrolled_at: number;
};

export type RecoveryCodeRow = { subject: string; code_hash: string };

export type FactorSetupRow = { owner_hash: string; subject: string; sealed: string; expires_at: number };

/** What the store knows about itself, by name. */
export type StoreFactRow = { name: string; value: string };

export type Schema = {
  services: ServiceRow;
  clients: ClientRow;
  token_tickets: TokenTicketRow;
  tokens: TokenRow;
  spent_refresh_tokens: SpentRefreshTokenRow;
  artifacts: ArtifactRow;
  granted_scopes: GrantedScopesRow;
  grants: GrantRow;
  signing_keys: SigningKeyRow;
  transactions: TransactionRow;
  sessions: SessionRow;
  interactions: InteractionRow;
  session_clients: SessionClientRow;
  backchannel_requests: BackchannelRequestRow;
  device_requesters: DeviceRequesterRow;
  nonces: NonceRow;
  accounts: AccountRow;
  account_tokens: AccountTokenRow;
  second_factors: SecondFactorRow;
  recovery_codes: RecoveryCodeRow;
  factor_setups: FactorSetupRow;
  store_facts: StoreFactRow;
};
