import { Agent, request } from "undici";

/** An answer that is still being received. */
export type HttpAnswer = {
  status: number;
  body: AsyncIterable<Uint8Array>;
  /** Gives the connection up, whether the body was read or not. */
  close(): Promise<void>;
};

/** A body that is sent, in place of a document that is asked for. */
export type SentBody = {
  body: string;
  /** Its media type. */
  type: string;
  /** The Authorization header that goes with it. */
  authorization?: string;
};

/** Sends a request to a URL at this address and no other: GET, or POST where there is a body. */
export type PinnedRequest = (
  url: URL,
  address: string,
  signal: AbortSignal,
  sent?: SentBody,
) => Promise<HttpAnswer>;

/**
 * Makes the sender of requests. The name of the host is looked up nowhere: the connection goes to the address that was checked, while
 * the certificate has to be of the name. No redirect is followed.
 *
 * @param options.ca certificates of the authorities to trust, PEM; those of the system unless given.
 * @param options.accept the media types of the documents that are asked for; those of JWK Sets unless given.
 */
export function createPinnedRequest({
  accept = "application/jwk-set+json, application/json",
  ...options
}: {
  ca?: string;
  accept?: string;
} = {}): PinnedRequest {
  return async (url, address, signal, sent) => {
    const dispatcher = new Agent({ connect: { ...options, lookup: always(address) } });
    const close = () => dispatcher.destroy();
    try {
      const { statusCode, body } = await request(url, { dispatcher, signal, ...requestOf(sent, accept) });
      return { status: statusCode, body, close };
    } catch (error) {
      await close();
      throw error;
    }
  };
}

function requestOf(sent: SentBody | undefined, accept: string) {
  if (sent === undefined) return { headers: { accept, "accept-encoding": "identity" } };
  const { body, type, authorization } = sent;
  const sentHeaders = {
    accept: "*/*",
    "accept-encoding": "identity",
    "content-type": type,
    ...(authorization !== undefined && { authorization }),
  };
  return { method: "POST" as const, headers: sentHeaders, body };
}

type Lookup = NonNullable<Extract<NonNullable<Agent.Options["connect"]>, { lookup?: unknown }>["lookup"]>;

/** A look-up that always finds this address. */
function always(address: string): Lookup {
  const family = address.includes(":") ? 6 : 4;
  return (_host, { all }, callback) => {
    if (all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}
