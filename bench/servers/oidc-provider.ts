import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

/** The peer: oidc-provider with its in-memory adapter, opaque access tokens, client credentials and introspection. */
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const port = Number(process.env.PORT);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "2001",
      client_secret: process.env.BENCH_CLIENT_SECRET as string,
      grant_types: ["client_credentials"],
      response_types: [],
      redirect_uris: [],
      id_token_signed_response_alg: "ES256",
    },
  ],
  features: {
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    devInteractions: { enabled: false },
  },
  scopes: ["token:issue"],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "ES256" }] } as never,
  cookies: { keys: ["bench"] },
  ttl: { ClientCredentials: 3600 },
});

provider.listen(port, "127.0.0.1");
