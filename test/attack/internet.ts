import type { RequestListener } from "node:http";
import { createPinnedRequest, type PinnedRequest } from "../../src/server/jwks/pinned-request.ts";
import { COMMON_NAME, issueCertificate } from "../support/certificates.ts";
import { startWebServer, type WebServer } from "../support/web-server.ts";

/** The address that stands for all of the internet: the attacker's server, and honest ones. Nothing is sent to it. */
const INTERNET = "1.1.1.1";
const LOOPBACK = "127.0.0.1";

const valid = { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 3_600_000) };

/** Whoever trusts it trusts all servers of this internet. */
export const authority = issueCertificate({
  ...valid,
  subject: [[[COMMON_NAME, "authority"]]],
  authority: true,
});
const host = issueCertificate({
  ...valid,
  issuer: authority,
  alternativeNames: [
    [0x82, "evil.example"],
    [0x82, "honest.example"],
    [0x82, "internal.example"],
    [0x87, Buffer.from([127, 0, 0, 1])],
    [0x87, Buffer.from("00000000000000000000ffff7f000001", "hex")],
  ],
});
const tls = { cert: host.pem, key: String(host.privateKey.export({ type: "pkcs8", format: "pem" })) };

/** The attacker's server and an honest one in the internet, and one that only this house may ask. */
export type Internet = { evil: WebServer; honest: WebServer; internal: WebServer; close(): Promise<unknown> };

/** The addresses of a host. */
export type Resolve = (host: string) => Promise<string[]>;

/** Starts the three servers; the attacker knows where the one of the house is. */
export async function openInternet(servers: {
  internal: RequestListener;
  honest: RequestListener;
  evil: (internal: WebServer) => RequestListener;
}): Promise<Internet> {
  const internal = await startWebServer(servers.internal, tls);
  const honest = await startWebServer(servers.honest, tls);
  const evil = await startWebServer(servers.evil(internal), tls);
  const close = () => Promise.all([internal, honest, evil].map((server) => server.close()));
  return { evil, honest, internal, close };
}

/** Where names lead. */
export const addressesOf: Resolve = async (name) => {
  if (["evil.example", "honest.example"].includes(name)) return [INTERNET];
  return [name === "::ffff:7f00:1" ? "::ffff:127.0.0.1" : LOOPBACK];
};

/** Where names lead for whoever connects by himself: to the servers as they stand on this machine. */
export const onThisMachine: Resolve = async (name) =>
  (await addressesOf(name)).map((address) => (address === INTERNET ? LOOPBACK : address));

/** A name that is public when it is looked at, and leads into the house when it is used. */
export function rebinding(): Resolve {
  let asked = 0;
  return async (name) => {
    if (name !== "evil.example") return addressesOf(name);
    asked += 1;
    return [asked === 1 ? INTERNET : LOOPBACK];
  };
}

/** Whoever asks the internet meets the server of that name there, which for these tests stands on this machine. */
export function overInternet({ evil, honest }: Pick<Internet, "evil" | "honest">): PinnedRequest {
  const request = createPinnedRequest({ ca: authority.pem });
  return (url, address, signal) => {
    if (address !== INTERNET) return request(url, address, signal);
    const { port } = url.hostname === "evil.example" ? evil : honest;
    return request(new URL(`https://${url.hostname}:${port}${url.pathname}`), LOOPBACK, signal);
  };
}

/** A server that says one thing. */
export const answerWith =
  (text: string): RequestListener =>
  (_, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(text);

/** A server whose answer never ends. */
export const dripping: RequestListener = (_, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
};
