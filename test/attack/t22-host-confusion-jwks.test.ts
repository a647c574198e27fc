import type { RequestListener } from "node:http";
import { checkJwkSet } from "../../src/server/jwks/check-document.ts";
import { createDocumentFetcher } from "../../src/server/jwks/document-fetcher.ts";
import { isPublicAddress } from "../../src/server/jwks/public-address.ts";
import { createNaiveJwksFetcher } from "../support/naive/jwks-fetcher.ts";
import type { WebServer } from "../support/web-server.ts";
import { attack } from "./attack.ts";
import {
  addressesOf,
  answerWith,
  authority,
  dripping,
  type Internet,
  onThisMachine,
  openInternet,
  overInternet,
  type Resolve,
  rebinding,
} from "./internet.ts";

const keys = JSON.stringify({ keys: [{ kty: "EC" }] });
const secret = JSON.stringify({ keys: [{ secret: "of the house" }] });

/** A reader of keys in front of three servers: the attacker's and an honest one in the internet, and one that only this house may ask. */
type Target = Internet & { fetchJwks: (uri: string) => Promise<string> };

type Build = (internet: Internet) => Target["fetchJwks"];

async function opened(
  build: Build,
  behave: (internal: WebServer) => RequestListener = () => answerWith(keys),
): Promise<Target> {
  const internet = await openInternet({
    internal: answerWith(secret),
    honest: answerWith(keys),
    evil: behave,
  });
  return { ...internet, fetchJwks: build(internet) };
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
    resolve: onThisMachine,
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
