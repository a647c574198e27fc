import type { Client } from "../authlete/client.ts";

/** A client that has to hear that a session ended, and where. */
export type Notice = {
  client: Client;
  /** The client's `backchannel_logout_uri`. */
  uri: string;
  issuer: string;
  /** The client, as its ID tokens call it. */
  audience: string;
  /** Who signed out, as the client knows them; absent where only the session is named. */
  subject: string | undefined;
  sid: string;
};

/** Tells clients that a session ended. It never fails: what could not be delivered is in the log. */
export type SendNotices = (notices: readonly Notice[]) => Promise<void>;
