import type { Client } from "../../authlete/client.ts";
import { limitedClientSchema } from "../../authlete/limited-client.ts";

const shown = Object.keys(limitedClientSchema.shape);

/** What a list of tokens or of authorizations tells about a client: names, no secrets and no settings. */
export function limitedClient(client: Client): Client {
  return Object.fromEntries(
    shown.filter((name) => client[name] !== undefined).map((name) => [name, client[name]]),
  );
}
