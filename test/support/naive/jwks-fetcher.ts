import { Agent, fetch } from "undici";

/** What a hurried team reads clients' keys with. */
export type NaiveFetcherOptions = {
  resolve: (host: string) => Promise<readonly string[]>;
  ca: string;
  /** Looks at the address of the host before it asks, as the first review demanded. */
  isAllowed?: (address: string) => boolean;
};

/** Reads a `jwks_uri`: the name is looked up once for the check and once for the connection, and all the rest is left to `fetch`. */
export function createNaiveJwksFetcher({ resolve, ca, isAllowed }: NaiveFetcherOptions) {
  const lookUp = async (host: string) => {
    const [address = ""] = await resolve(host);
    return { address, family: address.includes(":") ? 6 : 4 };
  };
  const dispatcher = new Agent({
    connect: {
      ca,
      lookup: (host, { all }, callback) => {
        lookUp(host).then(
          (found) => (all ? callback(null, [found]) : callback(null, found.address, found.family)),
          (error) => callback(error, ""),
        );
      },
    },
  });
  return async (uri: string): Promise<string> => {
    const { address } = await lookUp(new URL(uri).hostname);
    if (isAllowed && !isAllowed(address)) throw new Error("not allowed");
    const response = await fetch(uri, { dispatcher });
    return response.text();
  };
}
