import type { Client } from "../../src/server/authlete/client.ts";
import type { AuthorizationGate } from "./authorization-gate.ts";
import { CALLBACK, VERIFIER } from "./authorization-gate.ts";
import { type AssertionOptions, assertionParameters, clientAssertion } from "./client-assertion.ts";
import { dpopProof, type ProofOptions } from "./dpop-proof.ts";
import { ORIGIN } from "./gate.ts";
import { jwkSet, type Keys, makeKeys } from "./jwt.ts";

/** Changes of the parameters of a request; `undefined` leaves one out. */
export type Changes = Record<string, string | undefined>;

/** How a request of the client differs from a good one. */
export type Spoilt = {
  method?: string;
  /** `null` sends none. */
  assertion?: Partial<Pick<AssertionOptions, "key" | "header" | "claims">> | null;
  /** Keys in place of the client's own, or what is different in the proof; `null` sends none. */
  proof?: (Partial<Omit<ProofOptions, "now">> & { keys?: Keys }) | null;
  /** Puts a text of its own in place of the proof. */
  dpop?: string;
};

export type Posted = { status: number; headers: Headers; json: Record<string, unknown> };

export type FapiClient = Awaited<ReturnType<typeof createFapiClient>>;

/**
 * Registers a client for the FAPI 2.0 Security Profile: it authenticates with a key (ES256), pushes what it asks for, and has its tokens
 * bound to a DPoP key. Every method is a request as it makes it, unless a test spoils it.
 *
 * @param more public keys that it has besides.
 */
export async function createFapiClient(
  gate: AuthorizationGate,
  changes: Client = {},
  more: readonly object[] = [],
) {
  const [keys, dpopKeys] = await Promise.all([makeKeys("ES256", "key-1"), makeKeys("ES256")]);
  const { id } = await gate.register({
    tokenAuthMethod: "PRIVATE_KEY_JWT",
    tokenAuthSignAlg: "ES256",
    jwks: jwkSet({ ...keys.jwk, use: "sig", alg: "ES256" }, ...more),
    fapiModes: ["FAPI2_SECURITY"],
    dpopRequired: true,
    ...changes,
  });

  async function credentials(assertion: Spoilt["assertion"]): Promise<Record<string, string>> {
    if (assertion === null) return {};
    const made = await clientAssertion({
      clientId: id,
      key: assertion?.key ?? keys.privateKey,
      header: assertion?.header ?? { alg: "ES256", kid: "key-1" },
      claims: { aud: ORIGIN, ...assertion?.claims },
      now: gate.clock(),
    });
    return assertionParameters(made);
  }

  async function proofFor(
    path: string,
    method: string,
    { proof, dpop }: Spoilt,
  ): Promise<string | undefined> {
    if (dpop !== undefined) return dpop;
    if (proof === null) return undefined;
    const { keys: signing = dpopKeys, claims, ...options } = proof ?? {};
    const target = { htm: method, htu: `${ORIGIN}${path}` };
    return dpopProof(signing, { now: gate.clock(), claims: { ...target, ...claims }, ...options });
  }

  async function post(path: string, parameters: URLSearchParams, spoilt: Spoilt = {}): Promise<Posted> {
    const { method = "POST" } = spoilt;
    const body = new URLSearchParams([...parameters, ...Object.entries(await credentials(spoilt.assertion))]);
    if (!body.has("client_id")) body.set("client_id", id);
    const dpop = await proofFor(path, "POST", spoilt);
    const { status, headers, text } = await gate.send(
      new Request(`${ORIGIN}${path}`, {
        method,
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          ...(dpop === undefined ? {} : { dpop }),
        },
        body: body.toString(),
      }),
    );
    return { status, headers, json: text.startsWith("{") ? JSON.parse(text) : {} };
  }

  const push = (asked: Changes = {}, spoilt: Spoilt = {}) =>
    post("/oauth/par", gate.request({ client_id: id, ...asked }), spoilt);

  /** Pushes a request object, and nothing beside it (RFC 9126 3). */
  const pushObject = (request: string, spoilt: Spoilt = {}) =>
    post("/oauth/par", new URLSearchParams({ client_id: id, request }), spoilt);

  const token = (parameters: Changes, spoilt: Spoilt = {}) =>
    post("/oauth/token", new URLSearchParams(given(parameters)), spoilt);

  return {
    id,
    keys,
    dpopKeys,
    push,
    pushObject,
    /** Pushes a good request; gives the parameters that lead to it. */
    async pushed(asked: Changes = {}, spoilt: Spoilt = {}): Promise<URLSearchParams> {
      const { status, json } = await push(asked, spoilt);
      if (status !== 201) throw new Error(`not pushed: ${status} ${JSON.stringify(json)}`);
      return new URLSearchParams({ client_id: id, request_uri: String(json.request_uri) });
    },
    redeem: (code: string | undefined, spoilt: Spoilt = {}, changes: Changes = {}) =>
      token(
        {
          grant_type: "authorization_code",
          code,
          redirect_uri: CALLBACK,
          code_verifier: VERIFIER,
          ...changes,
        },
        spoilt,
      ),
    refresh: (refreshToken: unknown, spoilt: Spoilt = {}) =>
      token({ grant_type: "refresh_token", refresh_token: String(refreshToken) }, spoilt),
    /** Asks the protected resource that this server has itself. */
    async userinfo(accessToken: unknown, spoilt: Spoilt = {}, scheme = "DPoP"): Promise<Posted> {
      const proof = spoilt.proof === null ? null : { accessToken: String(accessToken), ...spoilt.proof };
      const dpop = await proofFor("/oauth/userinfo", "GET", { ...spoilt, proof });
      const { status, headers, text } = await gate.send(
        new Request(`${ORIGIN}/oauth/userinfo`, {
          headers: {
            authorization: `${scheme} ${accessToken}`,
            ...(dpop === undefined ? {} : { dpop }),
          },
        }),
      );
      return { status, headers, json: text.startsWith("{") ? JSON.parse(text) : {} };
    },
  };
}

function given(parameters: Changes): [string, string][] {
  return Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
}
