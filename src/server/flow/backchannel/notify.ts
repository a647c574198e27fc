/** What a client is told (CIBA Core 10.2 and 10.3.1). */
export type ClientNotification = {
  /** Where it wants to hear, as it registered. */
  endpoint: string;
  /** The bearer token that it gave with its request: it knows us by it. */
  token: string;
  /** JSON text of the engine. */
  content: string;
};

/** Sends a notification. It rejects when the client could not be told. */
export type NotifyClient = (notification: ClientNotification) => Promise<void>;
