import type { RequestListener } from "node:http";
import { checkJwkSet } from "../../src/server/jwks/check-document.ts";
import { createDocumentFetcher } from "../../src/server/jwks/document-fetcher.ts";
import { createPinnedRequest, type PinnedRequest } from "../../src/server/jwks/pinned-request.ts";
import { isPublicAddress } from "../../src/server/jwks/public-address.ts";
import { COMMON_NAME, issueCertificate } from "../support/certificates.ts";
import { createNaiveJwksFetcher } from "../support/naive/jwks-fetcher.ts";
import { startWebServer, type WebServer } from "../support/web-server.ts";
import { attack } from "./attack.ts";

/** The address that stands for all of the internet: the attacker's server, and honest ones. Nothing is sent to it. */
const INTERNET = "1.1.1.1";
const LOOPBACK = "127.0.0.1";

const keys = JSON.stringify({ keys: [{ kty: "EC" }] });
const secret = JSON.stringify({ keys: [{ secret: "of the house" }] });

const valid = { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 3_600_000) };
const authority = issueCertificate({ ...valid, subject: [[[COMMON_NAME, "authority"]]], authority: true });
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

/** A reader of keys in front of three servers: the attacker's and an honest one in the internet, and one that only this house may ask. */
type Target = {
  fetchJwks: (uri: string) => Promise<string>;
  evil: WebServer;
  honest: WebServer;
  internal: WebServer;
  close(): Promise<unknown>;
};

type Resolve = (host: string) => Promise<string[]>;
type Build = (internet: Pick<Target, "evil" | "honest">) => Target["fetchJwks"];

const answerWith =
  (text: string): RequestListener =>
  (_, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(text);

async function opened(
  build: Build,
  behave: (internal: WebServer) => RequestListener = () => answerWith(keys),
): Promise<Target> {
  const internal = await startWebServer(answerWith(secret), tls);
  const honest = await startWebServer(answerWith(keys), tls);
  const evil = await startWebServer(behave(internal), tls);
  const close = () => Promise.all([internal, honest, evil].map((server) => server.close()));
  return { fetchJwks: build({ evil, honest }), evil, honest, internal, close };
}

const addressesOf: Resolve = async (name) => {
  if (["evil.example", "honest.example"].includes(name)) return [INTERNET];
  return [name === "::ffff:7f00:1" ? "::ffff:127.0.0.1" : LOOPBACK];
};

/** Whoever asks the internet meets the server of that name there, which for this test stands on this machine. */
function overInternet({ evil, honest }: Pick<Target, "evil" | "honest">): PinnedRequest {
  const request = createPinnedRequest({ ca: authority.pem });
  return (url, address, signal) => {
    if (address !== INTERNET) return request(url, address, signal);
    const { port } = url.hostname === "evil.example" ? evil : honest;
    return request(new URL(`https://${url.hostname}:${port}${url.pathname}`), LOOPBACK, signal);
  };
}

const oursWith =
  (resolve: Resolve): Build =>
  (internet) =>
    createDocumentFetcher({
      check: checkJwkSet,
      clock: Date.now,
      resolve,
      request: overInternet(internet),
      allowPrivateAddresses: false,
      timeoutMs: 300,
    });

const ours = oursWith(addressesOf);

const naive: Build = () =>
  createNaiveJwksFetcher({
    resolve: async (name) =>
      (await addressesOf(name)).map((address) => (address === INTERNET ? LOOPBACK : address)),
    ca: authority.pem,
  });

const urlOf = (name: string, { port }: WebServer) => `https://${name}:${port}/jwks`;

const honest = async ({ fetchJwks, honest: server }: Target) =>
  (await fetchJwks(urlOf("honest.example", server))) === keys;

async function refusalOf(asking: Promise<string>): Promise<unknown> {
  return asking.then(
    () => undefined,
    ({ message }: Error) => message,
  );
}

for (const name of ["127.0.0.1", "2130706433", "0x7f.0.0.1", "internal.example", "[::ffff:127.0.0.1]"]) {
  attack(`have a jwks_uri lead into the house: ${name}`, {
    surface: "configuration",
    naive: () => opened(naive),
    ours: () => opened(ours),
    refusal: "the host has an address that is not public",
    honest,
    async run({ fetchJwks, internal }) {
      const refusal = await refusalOf(fetchJwks(urlOf(name, internal)));
      return { succeeded: internal.asked.length > 0, gained: internal.asked, refusal };
    },
  });
}

/** A name that is public when it is looked at, and leads into the house when it is used. */
function rebinding(): Resolve {
  let asked = 0;
  return async (name) => {
    if (name !== "evil.example") return addressesOf(name);
    asked += 1;
    return [asked === 1 ? INTERNET : LOOPBACK];
  };
}

attack("have a jwks_uri lead into the house after it was checked", {
  surface: "configuration",
  naive: () =>
    opened(() =>
      createNaiveJwksFetcher({ resolve: rebinding(), ca: authority.pem, isAllowed: isPublicAddress }),
    ),
  ours: () => opened(oursWith(rebinding())),
  honest,
  async run({ fetchJwks, internal }) {
    await fetchJwks(urlOf("evil.example", internal)).catch(() => {});
    return { succeeded: internal.asked.length > 0, gained: internal.asked };
  },
});

for (const status of [301, 302, 303, 307, 308]) {
  attack(`have a jwks_uri redirect (${status}) into the house`, {
    surface: "configuration",
    naive: () => opened(naive, redirectTo(status)),
    ours: () => opened(ours, redirectTo(status)),
    refusal: `the answer has the status ${status}`,
    honest,
    async run({ fetchJwks, evil, internal }) {
      const refusal = await refusalOf(fetchJwks(urlOf("evil.example", evil)));
      return { succeeded: internal.asked.length > 0, gained: internal.asked, refusal };
    },
  });
}

function redirectTo(status: number) {
  return (internal: WebServer): RequestListener =>
    (_, response) =>
      response.writeHead(status, { location: urlOf("internal.example", internal) }).end();
}

const MEGABYTES = 8;

attack("fill the memory with a document of the attacker's length", {
  surface: "configuration",
  naive: () => opened(naive, () => answerWith(" ".repeat(MEGABYTES * 1_000_000) + keys)),
  ours: () => opened(ours, () => answerWith(" ".repeat(MEGABYTES * 1_000_000) + keys)),
  refusal: "the document is too big",
  honest,
  async run({ fetchJwks, evil }) {
    let gained = 0;
    const reading = fetchJwks(urlOf("evil.example", evil)).then((text) => {
      gained = text.length;
      return text;
    });
    const refusal = await refusalOf(reading);
    return { succeeded: gained > 1_000_000, gained, refusal };
  },
});

const dripping: RequestListener = (_, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
};

attack("hold a request for as long as the attacker likes", {
  surface: "configuration",
  naive: () => opened(naive, () => dripping),
  ours: () => opened(ours, () => dripping),
  refusal: "the document took too long",
  honest,
  async run({ fetchJwks, evil }) {
    const reading = refusalOf(fetchJwks(urlOf("evil.example", evil)));
    const held = new Promise((done) => setTimeout(() => done("held"), 1_500));
    const refusal = await Promise.race([reading, held]);
    return { succeeded: refusal === "held", refusal };
  },
});

for (const text of ["<html>", "", "null", '{"keys":"none"}', '{"keys":[1]}']) {
  attack(`have something else taken for keys: ${JSON.stringify(text)}`, {
    surface: "configuration",
    naive: () => opened(naive, () => answerWith(text)),
    ours: () => opened(ours, () => answerWith(text)),
    refusal: "the document is not a JWK Set",
    honest,
    async run({ fetchJwks, evil }) {
      const refusal = await refusalOf(fetchJwks(urlOf("evil.example", evil)));
      return { succeeded: refusal === undefined, refusal };
    },
  });
}
