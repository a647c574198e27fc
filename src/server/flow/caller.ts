/**
 * What a back end may ask for besides a ticket and a subject. It stands in the attributes of its client at the engine; what
 * nobody wrote down is forbidden.
 */
export type BackendPolicy = {
  /** Keys of properties; `*` for any. */
  properties: ReadonlySet<string>;
  /** Names of claims; `*` for any that is not registered. */
  claims: ReadonlySet<string>;
  /** May it choose the value of the access token? */
  accessToken: boolean;
};

/** Who calls `token.*`, when it is not a browser. */
export type Caller = { kind: "server" } | { kind: "backend"; clientId: string; policy: BackendPolicy };
