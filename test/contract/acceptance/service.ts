import type { Authlete } from "../../../src/server/authlete/operations.ts";

/** A service that the suite runs against, however it is reached: in this process, over HTTP, in the cloud. */
export type AcceptanceService = {
  authlete: Authlete;
  /** The service's own time, in milliseconds since the epoch: proofs are made for it and ID tokens judged by it. */
  clock(): number;
  close(): Promise<void>;
};

export type OpenService = () => Promise<AcceptanceService>;
