import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { COMMON_NAME, issueCertificate } from "./certificates.ts";
import { startWebServer } from "./web-server.ts";

const DAY_MS = 86_400_000;

/**
 * Starts a web server on loopback where clients publish documents over TLS. This process trusts its certificate until it is closed.
 */
export async function startDocumentServer() {
  const valid = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + DAY_MS) };
  const authority = issueCertificate({ ...valid, subject: [[[COMMON_NAME, "authority"]]], authority: true });
  const host = issueCertificate({ ...valid, issuer: authority, alternativeNames: [[0x82, "localhost"]] });
  const key = String(host.privateKey.export({ type: "pkcs8", format: "pem" }));
  const texts = new Map<string, string>();
  const redirects = new Map<string, string>();
  const server = await startWebServer(
    ({ url = "" }, response) => {
      const location = redirects.get(url);
      if (location !== undefined) response.writeHead(302, { location }).end();
      else
        response.writeHead(texts.has(url) ? 200 : 404, { "content-type": "text/plain" }).end(texts.get(url));
    },
    { cert: host.pem, key },
  );
  const trusted = getCACertificates("default");
  setDefaultCACertificates([...trusted, authority.pem]);
  const origin = `https://localhost:${server.port}`;
  return {
    origin,
    /** Every path that was asked for. */
    asked: () => server.asked.map((address) => address.slice(address.indexOf("/"))),
    /** From now on this text stands at a path; gives its address. */
    publish(path: string, text: string): string {
      texts.set(path, text);
      return origin + path;
    },
    /** From now on a path leads to another address. */
    redirect(path: string, to: string): string {
      redirects.set(path, to);
      return origin + path;
    },
    async close() {
      setDefaultCACertificates(trusted);
      await server.close();
    },
  };
}
