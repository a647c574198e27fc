import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dpopProof } from "../support/dpop-proof.ts";
import { type Keys, makeKeys } from "../support/jwt.ts";
import { accessTokenOf, type Provider, startProvider, tokensOf } from "../support/provider.ts";

let provider: Provider;
let keys: Keys;
let bound: string;
beforeAll(async () => {
  provider = await startProvider();
  keys = await makeKeys();
  const claims = { htu: `${provider.origin}/oauth/token` };
  const { json } = await tokensOf(
    provider,
    {},
    { headers: { dpop: await dpopProof(keys, { claims, now: Date.now() }) } },
  );
  bound = String(json.access_token);
});
afterAll(() => provider.close());

type Proof = { claims?: Record<string, unknown>; signedWith?: Keys; accessToken?: string; nonce?: string };
const proof = ({ claims, accessToken = bound, signedWith = keys, nonce }: Proof = {}) =>
  dpopProof(signedWith, {
    claims: { htm: "GET", htu: `${provider.origin}/oauth/userinfo`, ...claims },
    accessToken,
    now: Date.now(),
    ...(nonce === undefined ? {} : { nonce }),
  });
const userinfo = (headers: Record<string, string>) => provider.ask("/oauth/userinfo", { headers });
const dpop = async (changes: Proof = {}) => ({
  authorization: `DPoP ${bound}`,
  dpop: await proof(changes),
});

describe("RFC 9449 §7: the UserInfo endpoint and a token that is bound to a key", () => {
  it("opens for whoever holds the key, whatever a proxy calls us", async () => {
    const { status, json } = await userinfo({ ...(await dpop()), "x-forwarded-host": "evil.example" });
    expect(status).toBe(200);
    expect(json.sub).toBe(provider.subject);
  });

  it.each([
    ["without a proof", async () => ({ authorization: `DPoP ${bound}` })],
    ["as a bearer token (§7.2)", async () => ({ authorization: `Bearer ${bound}`, dpop: await proof() })],
    ["with the proof of another key", async () => dpop({ signedWith: await makeKeys() })],
    [
      "with a proof for another address",
      () => dpop({ claims: { htu: "https://other.example/oauth/userinfo" } }),
    ],
    ["with a proof for another method", () => dpop({ claims: { htm: "POST" } })],
    ["with a proof for another token", () => dpop({ accessToken: "another" })],
  ])("stays shut %s", async (_, headers) => {
    const { status, headers: answered, json } = await userinfo(await headers());
    expect(status).toBe(401);
    expect(answered.get("www-authenticate")).toMatch(/^DPoP /);
    expect(json).not.toHaveProperty("sub");
  });

  it("stays shut for a token that is bound to nothing and comes with a proof (§4.3)", async () => {
    const plain = await accessTokenOf(provider);
    const headers = { authorization: `DPoP ${plain}`, dpop: await proof({ accessToken: plain }) };
    expect((await userinfo(headers)).status).toBe(401);
    expect((await userinfo({ authorization: `Bearer ${plain}` })).status).toBe(200);
  });

  it("gives the nonce that the next proof needs, with a refusal and with success (§8, §9)", async () => {
    await provider.setService({ dpopNonceRequired: true });
    const first = await userinfo(await dpop());
    expect(first.status).toBe(401);
    expect(first.headers.get("www-authenticate")).toContain('error="use_dpop_nonce"');
    const nonce = first.headers.get("dpop-nonce") ?? "";
    const second = await userinfo(await dpop({ nonce }));
    expect(second.status).toBe(200);
    expect(second.headers.has("dpop-nonce")).toBe(true);
    await provider.setService({ dpopNonceRequired: false });
  });
});
