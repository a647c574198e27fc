import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORM_BODY_BYTES } from "../../src/server/oauth/form-body.ts";
import { clientCredentialsCall, isUncached, refusal, refusedWith } from "../support/spec-requests.ts";
import { type SpecServer, startSpecServer } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

const valid = "grant_type=client_credentials&scope=read";

describe("RFC 6749 §3.2: POST, and nothing else", () => {
  it.each(["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])(
    "%s is 405 and says what is allowed",
    async (method) => {
      for (const path of ["/oauth/token", "/oauth/introspect", "/oauth/revoke"]) {
        const { status, headers, json } = await server.send({ ...clientCredentialsCall(), method, path });
        expect(status).toBe(405);
        expect(headers.get("allow")).toBe("POST");
        expect(isUncached(headers)).toBe(true);
        expect(json).not.toHaveProperty("access_token");
      }
    },
  );

  it("HEAD is 405 as well", async () => {
    expect((await server.send({ ...clientCredentialsCall(), method: "HEAD" })).status).toBe(405);
  });
});

describe("RFC 6749 §3.2: parameters", () => {
  it.each([
    "scope=read&scope=read",
    "grant_type=client_credentials",
    "unknown=1&unknown=1",
    "scope=",
    "sc%6Fpe=read",
  ])("sent twice (%s) are invalid_request", async (again) => {
    const call = { ...clientCredentialsCall(), body: `${valid}&${again}` };
    expect(await refusal(server, call)).toEqual(refusedWith(400, "invalid_request"));
  });

  it("that are unknown are ignored", async () => {
    const call = { ...clientCredentialsCall(), body: `${valid}&unknown=1&__proto__=2&callback=alert` };
    const { status, json } = await server.send(call);
    expect(status).toBe(200);
    expect(Object.keys(json).toSorted()).toEqual(["access_token", "expires_in", "scope", "token_type"]);
  });

  it.each(["scope=", "scope", "client_id=", "client_secret=", "resource=", "unknown="])(
    "without a value (%s) count as not sent",
    async (empty) => {
      const call = { ...clientCredentialsCall(), body: `grant_type=client_credentials&${empty}` };
      expect((await server.send(call)).status).toBe(200);
    },
  );

  it.each(["", "grant_type=", "grant_type", "scope=read"])(
    "without grant_type (%j) are invalid_request",
    async (body) => {
      expect(await refusal(server, { ...clientCredentialsCall(), body })).toEqual(
        refusedWith(400, "invalid_request"),
      );
    },
  );
});

describe("RFC 6749 §3.2 and appendix B: a form in UTF-8", () => {
  it.each([
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=iso-8859-1",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded, text/plain",
  ])("declared as %s is invalid_request", async (type) => {
    const call = clientCredentialsCall();
    call.headers.set("content-type", type);
    expect(await refusal(server, call)).toEqual(refusedWith(400, "invalid_request"));
  });

  it("declared as nothing is invalid_request", async () => {
    const call = { ...clientCredentialsCall(), body: new TextEncoder().encode(valid) };
    call.headers.delete("content-type");
    expect(await refusal(server, call)).toEqual(refusedWith(400, "invalid_request"));
  });

  it.each(["application/x-www-form-urlencoded; charset=UTF-8", "Application/X-Www-Form-Urlencoded"])(
    "declared as %s is read",
    async (type) => {
      const call = clientCredentialsCall();
      call.headers.set("content-type", type);
      expect((await server.send(call)).status).toBe(200);
    },
  );

  it.each<[string, Uint8Array<ArrayBuffer>]>([
    ["bytes that are not UTF-8", Uint8Array.from([...new TextEncoder().encode(`${valid}&x=`), 0xff, 0xfe])],
    ["an overlong encoding", Uint8Array.from([...new TextEncoder().encode(`${valid}&x=`), 0xc0, 0xaf])],
    ["percent-encoded bytes that are not UTF-8", new TextEncoder().encode(`${valid}&x=%FF`)],
    ["a broken percent-encoding", new TextEncoder().encode(`${valid}&x=%G0`)],
  ])("with %s is invalid_request", async (_, body) => {
    expect(await refusal(server, { ...clientCredentialsCall(), body })).toEqual(
      refusedWith(400, "invalid_request"),
    );
  });

  it("over the limit is 413, declared or streamed; at the limit it is read", async () => {
    const filled = (bytes: number) => `${valid}&x=`.padEnd(bytes, "x");
    const call = clientCredentialsCall();
    expect((await server.send({ ...call, body: filled(FORM_BODY_BYTES) })).status).toBe(200);
    const over = { ...call, body: filled(FORM_BODY_BYTES + 1) };
    expect(await refusal(server, over)).toEqual(refusedWith(413, "invalid_request"));
    const streamed = (body: string) =>
      fetch(`${server.origin}/oauth/token`, {
        method: "POST",
        headers: call.headers,
        body: new Blob([body]).stream(),
        duplex: "half",
      } as RequestInit);
    expect((await streamed(over.body)).status).toBe(413);
    expect((await streamed(filled(FORM_BODY_BYTES))).status).toBe(200);
  });
});
