/** A pushed authorization request (RFC 9126), keyed by its `request_uri`. */
export type PushedRequest = {
  clientId: number;
  /** The authorization request parameters as a form body, without the client's credentials. */
  parameters: string;
  /** The thumbprint of the key of the DPoP proof that came with the push (RFC 9449 10.1). */
  dpopJkt?: string;
  /** JSON text of the payload of the request object that the parameters came in. */
  requestObjectPayload?: string;
  /** Milliseconds since the epoch: until when it can be opened. Once it was, it is kept longer than that. */
  openUntil?: number;
};
