import { createPublicKey, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientCredentialsCall } from "../support/spec-requests.ts";
import { type Call, privateMember, type SpecServer, startSpecServer } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

const call: Call = {
  method: "GET",
  path: "/oauth/jwks",
  headers: new Headers(),
  parameters: new URLSearchParams(),
};

describe("RFC 7517 §5: the key set", () => {
  it("has the public keys, with their names, for everybody and for ten minutes", async () => {
    const { status, headers, json } = await server.send(call);
    expect(status).toBe(200);
    expect(json).toEqual({
      keys: [
        {
          kty: "EC",
          crv: "P-256",
          use: "sig",
          alg: "ES256",
          kid: "spec-1",
          x: expect.any(String),
          y: expect.any(String),
        },
      ],
    });
    expect(headers.get("content-type")).toBe("application/jwk-set+json");
    expect(headers.get("cache-control")).toBe("public, max-age=600");
    expect(headers.get("access-control-allow-origin")).toBe("*");
  });

  it("has no private member", async () => {
    const { text } = await server.send(call);
    expect(privateMember.length).toBeGreaterThan(40);
    expect(text).not.toContain(privateMember);
  });

  it("verifies a JWT access token (RFC 9068 §4)", async () => {
    await server.changeService({ accessTokenSignAlg: "ES256" });
    const { json } = await server.send(clientCredentialsCall());
    const [header, payload, signature] = String(json.access_token).split(".") as [string, string, string];
    const { keys } = (await server.send(call)).json as { keys: (JsonWebKey & { kid: string })[] };
    const { kid } = JSON.parse(Buffer.from(header, "base64url").toString()) as { kid: string };
    const key = createPublicKey({ key: keys.find((jwk) => jwk.kid === kid) as never, format: "jwk" });
    const signed = (text: string) =>
      verify(
        "sha256",
        Buffer.from(text),
        { key, dsaEncoding: "ieee-p1363" },
        Buffer.from(signature, "base64url"),
      );
    expect(signed(`${header}.${payload}`)).toBe(true);
    expect(signed(`${header}.${payload}x`)).toBe(false);
  });

  it("is read with GET or HEAD, and nothing else", async () => {
    expect(await server.send({ ...call, method: "HEAD" })).toMatchObject({ status: 200, text: "" });
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      const { status, headers } = await server.send({ ...call, method });
      expect(status).toBe(405);
      expect(headers.get("allow")).toBe("GET, HEAD");
      expect(headers.has("access-control-allow-origin")).toBe(false);
    }
  });
});
