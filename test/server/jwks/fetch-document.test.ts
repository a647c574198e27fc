import type { RequestListener } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkJwkSet } from "../../../src/server/jwks/check-document.ts";
import { type DocumentPorts, fetchDocument } from "../../../src/server/jwks/fetch-document.ts";
import { createPinnedRequest } from "../../../src/server/jwks/pinned-request.ts";
import { resolveHost } from "../../../src/server/jwks/resolve-host.ts";
import { COMMON_NAME, issueCertificate } from "../../support/certificates.ts";
import { startWebServer } from "../../support/web-server.ts";

const document = JSON.stringify({ keys: [{ kty: "EC" }] });
const answerWith =
  (body: string | Buffer, headers: Record<string, string> = {}, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

async function served(listener: RequestListener, tls?: { cert: string; key: string }) {
  const server = await startWebServer(listener, tls);
  onTestFinished(() => server.close());
  return server;
}

const ports: DocumentPorts = {
  resolve: async () => ["127.0.0.1"],
  request: createPinnedRequest(),
  check: checkJwkSet,
  allowPrivateAddresses: true,
  timeoutMs: 3_000,
};

async function fetched(listener: RequestListener, options: Partial<DocumentPorts> = {}) {
  const server = await served(listener);
  return fetchDocument({ ...ports, ...options }, `http://keys.example:${server.port}/jwks`);
}

describe("a document", () => {
  it("is read as it is", async () => {
    expect(await fetched(answerWith(document))).toBe(document);
    expect(await fetched(answerWith(document, { "content-type": "text/html" }))).toBe(document);
    expect(await fetched(answerWith('{"keys":[]}'))).toBe('{"keys":[]}');
  });

  it.each([
    ["no JSON", "<html>"],
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["no keys", "{}"],
    ["keys that are no list", '{"keys":{}}'],
    ["a key that is none", '{"keys":[1]}'],
    ["bytes", Buffer.from([0xff, 0xfe, 0])],
  ])("has to be a JWK Set: %s", async (_, body) => {
    await expect(fetched(answerWith(body))).rejects.toThrow("not a JWK Set");
  });

  it.each([201, 204, 301, 302, 303, 307, 308, 401, 404, 500])(
    "is not read from an answer of %i",
    async (status) => {
      const elsewhere = await served(answerWith(document));
      const location = `http://keys.example:${elsewhere.port}/jwks`;
      await expect(fetched(answerWith(status === 204 ? "" : document, { location }, status))).rejects.toThrow(
        `status ${status}`,
      );
      expect(elsewhere.asked).toEqual([]);
    },
  );

  it("may have 64 KB and not a byte more, whatever it says of itself", async () => {
    const sized = (bytes: number) => document.padEnd(bytes, " ");
    expect(await fetched(answerWith(sized(64 * 1024)))).toHaveLength(64 * 1024);
    await expect(fetched(answerWith(sized(64 * 1024 + 1)))).rejects.toThrow("too big");
    const endless: RequestListener = (_, response) => {
      const more = () => response.write(" ".repeat(16_384)) && setImmediate(more);
      response.on("drain", more);
      more();
    };
    await expect(fetched(endless)).rejects.toThrow("too big");
  });

  it("is not unpacked", async () => {
    const { gzipSync } = await import("node:zlib");
    const bomb = gzipSync(document.padEnd(10_000_000, " "));
    await expect(fetched(answerWith(bomb, { "content-encoding": "gzip" }))).rejects.toThrow("not a JWK Set");
  });

  it("has to come in time, from the look-up of the host to the last byte", async () => {
    const silent: RequestListener = () => {};
    const dripping: RequestListener = (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    };
    const never = () => new Promise<string[]>(() => {});
    const limit = { timeoutMs: 150 };
    const begun = performance.now();
    await expect(fetched(silent, limit)).rejects.toThrow();
    await expect(fetched(dripping, limit)).rejects.toThrow();
    await expect(fetched(answerWith(document), { ...limit, resolve: never })).rejects.toThrow("too long");
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it("is not there when nobody answers, or no host is found", async () => {
    const server = await served(answerWith(document));
    await server.close();
    const uri = `http://keys.example:${server.port}/`;
    await expect(fetchDocument(ports, uri)).rejects.toThrow();
    await expect(fetchDocument({ ...ports, resolve: async () => [] }, uri)).rejects.toThrow("no address");
    const failing = async () => Promise.reject(new Error("ENOTFOUND"));
    await expect(fetchDocument({ ...ports, resolve: failing }, uri)).rejects.toThrow("ENOTFOUND");
  });
});

describe("the address of a document", () => {
  const untouched: DocumentPorts = {
    ...ports,
    allowPrivateAddresses: false,
    resolve: async () => ["1.1.1.1"],
    request: async () => {
      throw new Error("asked");
    },
  };

  it("is asked when it is https and public", async () => {
    await expect(fetchDocument(untouched, "https://keys.example/jwks")).rejects.toThrow("asked");
  });

  it.each([
    "http://keys.example/jwks",
    "ftp://keys.example/jwks",
    "file:///etc/passwd",
    "data:application/json,{}",
    "keys.example/jwks",
    "//keys.example/jwks",
    "",
    "https://",
    "https://user@keys.example/jwks",
    "https://user:secret@keys.example/jwks",
  ])("is not asked when it is %s", async (uri) => {
    await expect(fetchDocument(untouched, uri)).rejects.toThrow(/https URL|credentials/);
  });

  it.each([
    [["127.0.0.1"]],
    [["1.1.1.1", "10.0.0.1"]],
    [["10.0.0.1", "1.1.1.1"]],
    [["::ffff:1.1.1.1"]],
    [["1.1.1.1", "::1"]],
    [["169.254.169.254"]],
    [["not an address"]],
  ])("is not asked when one of its addresses is not public: %j", async (addresses) => {
    const private_ = { ...untouched, resolve: async () => addresses };
    await expect(fetchDocument(private_, "https://keys.example/jwks")).rejects.toThrow("not public");
  });

  it.each([
    "127.0.0.1",
    "[::1]",
    "0",
    "2130706433",
    "0x7f.1",
    "017700000001",
    "[::ffff:10.0.0.1]",
    "localhost",
  ])("is not asked when it says %s itself", async (host) => {
    await expect(
      fetchDocument({ ...untouched, resolve: resolveHost }, `https://${host}/jwks`),
    ).rejects.toThrow(/not public|ENOTFOUND/);
  });

  it("may be without TLS on this machine only, in development", async () => {
    const development = { ...untouched, allowPrivateAddresses: true };
    const asking = (addresses: string[], uri: string) =>
      fetchDocument({ ...development, resolve: async () => addresses }, uri);
    await expect(asking(["127.0.0.1"], "http://localhost/jwks")).rejects.toThrow("asked");
    await expect(asking(["10.0.0.1"], "https://keys.example/jwks")).rejects.toThrow("asked");
    await expect(asking(["10.0.0.1"], "http://keys.example/jwks")).rejects.toThrow("https URL");
    await expect(asking(["1.1.1.1"], "http://keys.example/jwks")).rejects.toThrow("https URL");
    await expect(asking(["127.0.0.1", "1.1.1.1"], "http://keys.example/jwks")).rejects.toThrow("https URL");
  });
});

describe("the connection", () => {
  const now = new Date();
  const valid = {
    notBefore: new Date(now.getTime() - 60_000),
    notAfter: new Date(now.getTime() + 3_600_000),
  };
  const authority = issueCertificate({ ...valid, subject: [[[COMMON_NAME, "authority"]]], authority: true });
  const host = issueCertificate({
    ...valid,
    issuer: authority,
    subject: [[[COMMON_NAME, "keys.example"]]],
    alternativeNames: [[0x82, "keys.example"]],
  });
  const tls = { cert: host.pem, key: String(host.privateKey.export({ type: "pkcs8", format: "pem" })) };

  it("goes to the address that was checked, and the certificate is of the name", async () => {
    const server = await served(answerWith(document), tls);
    const trusting = { ...ports, request: createPinnedRequest({ ca: authority.pem }) };
    const uri = `https://keys.example:${server.port}/jwks?a=1`;
    expect(await fetchDocument(trusting, uri)).toBe(document);
    expect(server.asked).toEqual([`keys.example:${server.port}/jwks?a=1`]);
    await expect(fetchDocument(trusting, `https://other.example:${server.port}/jwks`)).rejects.toThrow(
      /altnames/,
    );
    await expect(fetchDocument(ports, uri)).rejects.toThrow(/certificate/);
    expect(server.asked).toHaveLength(1);
  });

  it("looks the host up once: a second answer of the name server changes nothing", async () => {
    const server = await served(answerWith(document), tls);
    let asked = 0;
    const rebinding = async () => [asked++ === 0 ? "127.0.0.1" : "10.0.0.1"];
    const trusting = { ...ports, resolve: rebinding, request: createPinnedRequest({ ca: authority.pem }) };
    expect(await fetchDocument(trusting, `https://keys.example:${server.port}/jwks`)).toBe(document);
    expect(asked).toBe(1);
  });
});
