/** Ports of an engine that fetches nothing, and whose nonces are the same in every run. */
export const offline = {
  fetchJwks: async (uri: string): Promise<string> => {
    throw new Error(`nothing is fetched here: ${uri}`);
  },
  fetchSector: async (uri: string): Promise<string> => {
    throw new Error(`nothing is fetched here: ${uri}`);
  },
  fetchRequestObject: async (uri: string): Promise<string> => {
    throw new Error(`nothing is fetched here: ${uri}`);
  },
  nonceKey: new Uint8Array(32).fill(7),
  pairwiseKey: new Uint8Array(32).fill(8),
};
